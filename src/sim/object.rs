//! An object of the resource, parsed once for each verb.

use std::collections::HashSet;

use super::attributes::{CONNECTOR, SIM_IDS};
use crate::protocol::{Given, Value};

/// A plan or a state whose values are all known.
#[derive(Debug)]
pub(super) struct Object<'a> {
    /// The name of the connector.
    pub(super) connector: &'a str,
    /// The SIMs, in the user's spelling: SIM IDs and ICCIDs.
    pub(super) sim_ids: Vec<&'a str>,
}

impl<'a> Object<'a> {
    /// Parses an object.
    pub(super) fn of(value: &'a Value) -> Self {
        let sim_ids = match SIM_IDS.of(value) {
            Given::Known(sim_ids) => sim_ids.iter().filter_map(Value::as_str).collect(),
            Given::Null | Given::Unknown => Vec::new(),
        };
        Self {
            connector: CONNECTOR.of(value).known().unwrap_or_default(),
            sim_ids,
        }
    }

    /// Whether the other object has all SIMs of this one, with the same spelling.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        let others: HashSet<&str> = other.sim_ids.iter().copied().collect();
        self.sim_ids
            .iter()
            .all(|spelling| others.contains(spelling))
    }
}

/// Copies the object with these SIMs.
pub(super) fn with_sims<'a>(object: &Value, sim_ids: impl IntoIterator<Item = &'a str>) -> Value {
    let mut object = object.clone();
    SIM_IDS.set(
        &mut object,
        Value::set(sim_ids.into_iter().map(Value::from)),
    );
    object
}
