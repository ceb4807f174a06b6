//! The write-only values in configurations, recorded at validation.
//!
//! The CLI validates the configuration as the user wrote it. For the plan, it replaces attributes
//! in `ignore_changes` with those of the prior state, which holds no write-only values. Without
//! this record, such a value would seem to be removed.

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

/// The names of the write-only attributes in each configuration, by the name of the connector. All
/// connectors without a name share one entry, from which nothing is removed.
#[derive(Debug, Default)]
pub(crate) struct Validated(Mutex<BTreeMap<String, BTreeSet<&'static str>>>);

impl Validated {
    /// Records the write-only values of a configuration.
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

    /// Whether this connector's configuration had this value at validation.
    pub(super) fn has(&self, name: Given<&str>, pair: WriteOnly) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let set = all.get(name.known().unwrap_or_default());
        set.is_some_and(|set| set.contains(pair.value.name()))
    }
}
