//! The configurations of this process, recorded at validation.
//!
//! The CLI validates a configuration as the user wrote it. For the plan, it replaces attributes in
//! `ignore_changes` with those of the prior state, which holds no write-only values. Without this
//! record, such a value would seem to be removed.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use crate::{
    connector::variants::{self, Secret, WriteOnly},
    protocol::Value,
};

/// Each configuration without its write-only values, and their names.
#[derive(Debug, Default)]
pub(crate) struct Validated(Mutex<BTreeSet<(Value, BTreeSet<&'static str>)>>);

impl Validated {
    /// Records a configuration.
    pub(crate) fn note(&self, config: &Value) {
        let configuration = without_write_only(config);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(configuration);
    }

    /// Whether the user's configuration has this write-only value, although `config` lacks it. No
    /// request says which configuration became `config`. This assumes the one in which
    /// `ignore_changes` replaced the fewest parts; in a tie, one without the value.
    pub(super) fn has(&self, config: &Value, prior: &Value, pair: WriteOnly) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (config, _) = without_write_only(config);
        let candidates = all.iter().filter_map(|(shown, names)| {
            let has = names.contains(pair.value.name());
            Some((replaced(shown, &config, prior)?, has))
        });
        candidates.min().is_some_and(|(_, has)| has)
    }
}

/// A configuration without its write-only values, and their names.
fn without_write_only(config: &Value) -> (Value, BTreeSet<&'static str>) {
    let mut shown = config.clone();
    let mut names = BTreeSet::new();
    for variant in variants::ALL {
        let Some(object) = variant.field().value_mut(&mut shown) else {
            continue;
        };
        for pair in variant.secrets().iter().filter_map(Secret::pair) {
            if !pair.value.of(object).is_null() {
                names.insert(pair.value.name());
                pair.value.set(object, Value::Null);
            }
        }
    }
    (shown, names)
}

/// How many parts of `value` must be replaced with those of `prior` to get `other`. `None` if that
/// is not possible.
fn replaced(value: &Value, other: &Value, prior: &Value) -> Option<usize> {
    if value == other || value.is_unknown() {
        return Some(0);
    }
    let whole = (other == prior).then_some(1);
    match (value, other) {
        (Value::Map(members), Value::Map(_)) => {
            let parts = members
                .iter()
                .map(|(name, value)| replaced(value, other.get(name), prior.get(name)));
            parts.sum::<Option<usize>>().or(whole)
        }
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(options: Value) -> Value {
        Value::object([("name", Value::Null), ("microsoft_azure_iot", options)])
    }

    fn options(value: Option<&str>, version: Option<i64>) -> Value {
        Value::object([
            ("connection_string_wo", Value::from(value)),
            (
                "connection_string_wo_version",
                version.map_or(Value::Null, Value::from),
            ),
        ])
    }

    fn pair() -> WriteOnly {
        let secrets = variants::ALL.into_iter().flat_map(|it| it.secrets().iter());
        let mut pairs = secrets.filter_map(Secret::pair);
        pairs
            .find(|pair| pair.value.name() == "connection_string_wo")
            .unwrap()
    }

    #[test]
    fn a_value_that_the_cli_omits_is_remembered() {
        let validated = Validated::default();
        let prior = config(options(None, Some(1)));
        let planned = config(options(None, None));
        assert!(!validated.has(&planned, &prior, pair()));
        validated.note(&config(options(Some("secret"), None)));
        assert!(validated.has(&planned, &prior, pair()));
        // All of the object is ignored, and the name as well.
        let mut named = prior.clone();
        named.insert("name", "fleet".into());
        assert!(validated.has(&named, &named, pair()));
        // Another connector.
        assert!(!validated.has(&named, &prior, pair()));
    }

    #[test]
    fn a_value_of_another_connector_does_not_count_if_other_attributes_are_ignored() {
        let tagged = |value: &Value, tag: &str| {
            let mut value = value.clone();
            value.insert("tags", tag.into());
            value
        };
        let validated = Validated::default();
        let prior = tagged(&config(options(None, Some(1))), "old");
        let mut other = tagged(&config(options(Some("secret"), None)), "other");
        other.insert("name", "other".into());
        validated.note(&other);
        validated.note(&tagged(&config(options(None, None)), "new"));
        let planned = tagged(&config(options(None, None)), "old");
        assert!(!validated.has(&planned, &prior, pair()));
    }

    #[test]
    fn a_value_that_the_user_removed_is_not_remembered_for_another_connector() {
        let validated = Validated::default();
        let prior = config(options(None, Some(1)));
        validated.note(&config(options(Some("secret"), None)));
        let removed = config(options(None, None));
        validated.note(&removed);
        assert!(!validated.has(&removed, &prior, pair()));
    }
}
