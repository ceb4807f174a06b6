//! One change of a SIM's mapping at a time, and what this process made of each SIM.
//!
//! One apply may take a SIM from one resource and give it to another, perhaps of the same connector.
//! The CLI carries out both at the same time, in no order, and each goes by a listing of its own. So
//! whoever changes a SIM takes its turn, and finds what was made of it before: who is to unmap it leaves
//! it where another has mapped it, and who is to have it mapped does not trust a listing that is
//! older than an unmapping.
//!
//! A client lives as long as one plan or apply, in which no resource changes its mind: a record never
//! becomes out of date.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::OwnedMutexGuard;

use crate::onomondo::Sim;

/// What this process made of a SIM.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
enum Fate {
    #[default]
    Untouched,
    /// It is to be mapped to this connector, and is.
    Mapped(String),
    Unmapped,
}

type Record = Arc<tokio::sync::Mutex<Fate>>;

/// The records, by ID and by ICCID: that both mean one SIM may not be known.
#[derive(Default)]
pub(in crate::onomondo) struct SimTurns(Mutex<HashMap<String, Record>>);

/// The right to change the mapping of one SIM; given back when dropped.
pub(in crate::onomondo) struct Turn(Vec<OwnedMutexGuard<Fate>>);

impl SimTurns {
    /// Waits for the turn of a SIM: by both its numbers where it is known, else by the one it is called.
    pub(in crate::onomondo) async fn take(&self, spelling: &str, sim: Option<&Sim>) -> Turn {
        let mut spellings = vec![spelling];
        spellings.extend(sim.into_iter().flat_map(Sim::spellings));
        // Two that wait for both take them in the same order.
        spellings.sort_unstable();
        spellings.dedup();
        let mut turn = Vec::with_capacity(spellings.len());
        for spelling in spellings {
            turn.push(self.record(spelling).lock_owned().await);
        }
        Turn(turn)
    }

    fn record(&self, spelling: &str) -> Record {
        let mut records = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(records.entry(spelling.to_owned()).or_default())
    }
}

impl Turn {
    /// The connector that this process has mapped it to.
    pub(in crate::onomondo) fn mapped_to(&self) -> Option<&str> {
        self.0.iter().find_map(|fate| match &**fate {
            Fate::Mapped(connector) => Some(connector.as_str()),
            _ => None,
        })
    }

    /// Whether this process has unmapped it.
    pub(in crate::onomondo) fn was_unmapped(&self) -> bool {
        self.0.iter().any(|fate| **fate == Fate::Unmapped)
    }

    /// Notes that it is mapped to this connector, as it is to be.
    pub(in crate::onomondo) fn note_mapped(&mut self, connector: &str) {
        self.note(&Fate::Mapped(connector.to_owned()));
    }

    /// Notes that it was unmapped.
    pub(in crate::onomondo) fn note_unmapped(&mut self) {
        self.note(&Fate::Unmapped);
    }

    fn note(&mut self, fate: &Fate) {
        for record in &mut self.0 {
            **record = fate.clone();
        }
    }
}
