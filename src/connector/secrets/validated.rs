//! Which write-only values configurations have, as they were validated.
//!
//! The CLI validates a configuration as it is written. For the plan it then replaces what
//! `ignore_changes` names by what the prior state has, which of a write-only value is nothing: without
//! this the value would seem to be removed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use crate::{
    connector::{
        model::attributes::NAME,
        variants::{self, Secret, WriteOnly},
    },
    protocol::{Given, Value},
};

/// The names of the write-only attributes that are set, by the name of the connector. Those without a
/// name share an entry, which never loses one.
#[derive(Debug, Default)]
pub(crate) struct Validated(Mutex<BTreeMap<String, BTreeSet<&'static str>>>);

impl Validated {
    /// Notes what a configuration has.
    pub(crate) fn note(&self, config: &Value) {
        let mut set = BTreeSet::new();
        for variant in variants::ALL {
            let object = variant.field().value(config);
            let pairs = variant.secrets().iter().filter_map(Secret::pair);
            let given = pairs.filter(|pair| !pair.value.of(object).is_null());
            set.extend(given.map(|pair| pair.value.name()));
        }
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match NAME.of(config) {
            Given::Known(name) => {
                all.insert(name.to_owned(), set);
            }
            Given::Null | Given::Unknown => all.entry(String::new()).or_default().extend(set),
        }
    }

    /// Whether the configuration of this connector had this value when it was validated.
    pub(super) fn has(&self, name: Given<&str>, pair: WriteOnly) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let set = all.get(name.known().unwrap_or_default());
        set.is_some_and(|set| set.contains(pair.value.name()))
    }
}
