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
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard},
};

use tokio::sync::OwnedMutexGuard;

use super::listing::lock;
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

#[derive(Default)]
struct Record {
    turn: Arc<tokio::sync::Mutex<()>>,
    fate: Fate,
}

/// The records by SIM ID and by ICCID, since it may not be known yet that both belong to one SIM.
#[derive(Default)]
pub(in crate::onomondo) struct SimTurns(Mutex<HashMap<String, Record>>);

/// The right to change the mapping of one SIM. Dropping it gives the right back.
pub(in crate::onomondo) struct Turn<'a> {
    all: &'a SimTurns,
    numbers: BTreeSet<String>,
    _guards: Vec<OwnedMutexGuard<()>>,
}

impl SimTurns {
    /// Waits for the turn of a SIM. Uses both of its numbers if the SIM is known, otherwise the
    /// given one.
    pub(in crate::onomondo) async fn take(&self, spelling: &str, sim: Option<&Sim>) -> Turn<'_> {
        let numbers = [sim_number(spelling)].into_iter();
        let numbers = numbers.chain(sim.into_iter().flat_map(Sim::numbers));
        // Two callers that wait for both numbers take them in the same order.
        let numbers: BTreeSet<String> = numbers.map(str::to_owned).collect();
        let mut guards = Vec::with_capacity(numbers.len());
        for number in &numbers {
            let turn = Arc::clone(&self.records().entry(number.clone()).or_default().turn);
            guards.push(turn.lock_owned().await);
        }
        Turn {
            all: self,
            numbers,
            _guards: guards,
        }
    }

    fn records(&self) -> MutexGuard<'_, HashMap<String, Record>> {
        lock(&self.0)
    }
}

impl Turn<'_> {
    /// The connector that this process mapped the SIM to.
    pub(in crate::onomondo) fn mapped_to(&self) -> Option<String> {
        mapped_to(&self.all.records(), &self.numbers)
    }

    /// Whether this process unmapped the SIM.
    pub(in crate::onomondo) fn was_unmapped(&self) -> bool {
        let records = self.all.records();
        let mut records = self.numbers.iter().filter_map(|it| records.get(it));
        records.any(|record| record.fate == Fate::Unmapped)
    }

    /// Notes that the SIM is mapped to this connector, which is its goal. The response may show the
    /// SIM's other number. If this process mapped that to another connector, returns the connector.
    pub(in crate::onomondo) fn note_mapped(
        &mut self,
        connector: &str,
        sim: Option<&Sim>,
    ) -> Option<String> {
        let numbers = sim.into_iter().flat_map(Sim::numbers);
        self.numbers.extend(numbers.map(str::to_owned));
        let mut records = self.all.records();
        let other = mapped_to(&records, &self.numbers).filter(|other| other != connector);
        if other.is_none() {
            self.note(&mut records, &Fate::Mapped(connector.to_owned()));
        }
        other
    }

    /// Notes that the SIM was unmapped.
    pub(in crate::onomondo) fn note_unmapped(&self) {
        self.note(&mut self.all.records(), &Fate::Unmapped);
    }

    fn note(&self, records: &mut HashMap<String, Record>, fate: &Fate) {
        for number in &self.numbers {
            records.entry(number.clone()).or_default().fate = fate.clone();
        }
    }
}

fn mapped_to(records: &HashMap<String, Record>, numbers: &BTreeSet<String>) -> Option<String> {
    let mut records = numbers.iter().filter_map(|it| records.get(it));
    records.find_map(|record| match &record.fate {
        Fate::Mapped(connector) => Some(connector.clone()),
        _ => None,
    })
}
