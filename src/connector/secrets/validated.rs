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
    /// request says which configuration `config` was made from. If a recorded configuration without
    /// the value equals `config`, it was made from that one. Otherwise, it was made from one that
    /// `ignore_changes` can turn into `config`.
    pub(super) fn has(&self, config: &Value, prior: &Value, pair: WriteOnly) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (config, _) = without_write_only(config);
        let has = |names: &BTreeSet<_>| names.contains(pair.value.name());
        let mut same = all
            .range((config.clone(), BTreeSet::new())..)
            .take_while(|(shown, _)| *shown == config);
        !same.any(|(_, names)| !has(names))
            && all
                .iter()
                .any(|(shown, names)| has(names) && can_become(shown, &config, prior))
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

/// Whether a value becomes another one if parts of it are replaced with those of the prior state.
fn can_become(value: &Value, other: &Value, prior: &Value) -> bool {
    if value == other || other == prior || value.is_unknown() {
        return true;
    }
    match (value, other) {
        (Value::Map(members), Value::Map(_)) => members
            .iter()
            .all(|(name, value)| can_become(value, other.get(name), prior.get(name))),
        _ => false,
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
    fn a_value_that_the_user_removed_is_not_remembered_for_another_connector() {
        let validated = Validated::default();
        let prior = config(options(None, Some(1)));
        validated.note(&config(options(Some("secret"), None)));
        let removed = config(options(None, None));
        validated.note(&removed);
        assert!(!validated.has(&removed, &prior, pair()));
    }
}
