//! Allows one change of a SIM's mapping at a time, and records the result for each SIM.
//!
//! One apply may move a SIM from one resource to another, possibly of the same connector. The CLI
//! makes both changes concurrently, in any order, and each one relies on its own listing. So each
//! change takes a turn and checks the earlier result. An unmapping leaves a SIM alone if another
//! resource has mapped it. A mapping does not trust a listing from before an unmapping.
//!
//! A client lives as long as one plan or apply, in which no resource changes its goal. So a record
//! never becomes out of date.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

use crate::onomondo::{Sim, sim_number};

/// What this process did with a SIM.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
enum Fate {
    #[default]
    Untouched,
    /// It should be mapped to this connector, and is.
    Mapped(String),
    Unmapped,
}

type Record = Arc<tokio::sync::Mutex<Fate>>;

/// The records by ID and by ICCID, since it may not be known that both belong to one SIM.
#[derive(Default)]
pub(in crate::onomondo) struct SimTurns(Mutex<HashMap<String, Record>>);

/// The right to change the mapping of one SIM. Dropping it gives the right back.
pub(in crate::onomondo) struct Turn(Vec<OwnedMutexGuard<Fate>>);

impl SimTurns {
    /// Waits for the turn of a SIM. Uses both of its numbers if the SIM is known, otherwise the
    /// given one.
    pub(in crate::onomondo) async fn take(&self, spelling: &str, sim: Option<&Sim>) -> Turn {
        let mut numbers = vec![sim_number(spelling)];
        numbers.extend(sim.into_iter().flat_map(Sim::numbers));
        // Two callers that wait for both numbers take them in the same order.
        numbers.sort_unstable();
        numbers.dedup();
        let mut turn = Vec::with_capacity(numbers.len());
        for number in numbers {
            turn.push(self.record(number).lock_owned().await);
        }
        Turn(turn)
    }

    fn record(&self, number: &str) -> Record {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(records.entry(number.to_owned()).or_default())
    }
}

impl Turn {
    /// The connector that this process mapped the SIM to.
    pub(in crate::onomondo) fn mapped_to(&self) -> Option<&str> {
        self.0.iter().find_map(|fate| match &**fate {
            Fate::Mapped(connector) => Some(connector.as_str()),
            _ => None,
        })
    }

    /// Whether this process unmapped the SIM.
    pub(in crate::onomondo) fn was_unmapped(&self) -> bool {
        self.0.iter().any(|fate| **fate == Fate::Unmapped)
    }

    /// Notes that the SIM is mapped to this connector, which is its goal.
    pub(in crate::onomondo) fn note_mapped(&mut self, connector: &str) {
        self.note(&Fate::Mapped(connector.to_owned()));
    }

    /// Notes that the SIM was unmapped.
    pub(in crate::onomondo) fn note_unmapped(&mut self) {
        self.note(&Fate::Unmapped);
    }

    fn note(&mut self, fate: &Fate) {
        for record in &mut self.0 {
            **record = fate.clone();
        }
    }
}
