//! The SIMs of one listing, found by ID or ICCID.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
};

use crate::onomondo::{Sim, sim_number};

/// The conditions of a listing. A condition that is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct SimFilter {
    /// Mapped to the connector of this name.
    pub connector: Option<String>,
    /// Activated, or not.
    pub activated: Option<bool>,
    /// Online, or not.
    pub online: Option<bool>,
}

/// One complete listing, in the order of the IDs.
#[derive(Debug, Default)]
pub struct Sims {
    all: Vec<Sim>,
    /// The index of each SIM, by both of its numbers.
    by_number: HashMap<String, usize>,
}

impl SimFilter {
    /// The SIMs that are mapped to a connector.
    #[must_use]
    pub fn of_connector(name: &str) -> Self {
        Self {
            connector: Some(name.to_owned()),
            ..Self::default()
        }
    }

    /// The conditions in the API's form: `key:value`.
    pub(in crate::onomondo) fn terms(&self) -> Vec<String> {
        let flag = |name, value: Option<bool>| value.map(|value| format!("{name}:{value}"));
        let connector = self.connector.as_ref();
        [
            connector.map(|name| format!("connector:{name}")),
            flag("activated", self.activated),
            flag("online", self.online),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Whether a SIM matches. An API that does not know a filter would list all SIMs.
    pub(in crate::onomondo) fn matches(&self, sim: &Sim) -> bool {
        let connector = self.connector.as_deref();
        let is = |wanted: Option<bool>, found: Option<bool>| {
            wanted.is_none() || found.is_none() || wanted == found
        };
        connector.is_none_or(|name| sim.is_mapped_to(name))
            && is(self.activated, sim.activated)
            && is(self.online, sim.online)
    }
}

impl Sims {
    /// The SIMs of a listing. A SIM that is listed twice counts once: changes during the listing
    /// move SIMs between pages.
    pub(in crate::onomondo) fn new(mut all: Vec<Sim>) -> Self {
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all.dedup_by(|one, other| one.id == other.id);
        let mut by_number = HashMap::with_capacity(2 * all.len());
        for (index, sim) in all.iter().enumerate() {
            for number in sim.numbers() {
                by_number.insert(number.to_owned(), index);
            }
        }
        Self { all, by_number }
    }

    /// The SIM with this ID or ICCID.
    #[must_use]
    pub fn find(&self, spelling: &str) -> Option<&Sim> {
        self.all.get(self.index(spelling)?)
    }

    /// The SIMs with these IDs and ICCIDs, each once.
    #[must_use]
    pub fn all_of(&self, spellings: &[&str]) -> Vec<&Sim> {
        let indexes = spellings.iter().filter_map(|spelling| self.index(spelling));
        let indexes: BTreeSet<usize> = indexes.collect();
        indexes
            .into_iter()
            .filter_map(|index| self.all.get(index))
            .collect()
    }

    fn index(&self, spelling: &str) -> Option<usize> {
        self.by_number.get(sim_number(spelling)).copied()
    }
}

impl Deref for Sims {
    type Target = [Sim];

    fn deref(&self) -> &[Sim] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::sim;

    #[test]
    fn a_sim_is_found_by_either_number() {
        let sims = Sims::new(vec![sim(2, None), sim(1, Some("fleet")), sim(2, None)]);
        let ids: Vec<_> = sims.iter().map(|sim| sim.id.as_str()).collect();
        assert_eq!(ids, ["000000001", "000000002"]);
        assert_eq!(sims.find("000000002"), sims.find("8945730000000000002"));
        assert!(sims.find("000000002").is_some());
        assert_eq!(sims.find("000000003"), None);
        assert_eq!(sims.find("89457300000000000029"), sims.find("000000002"));
        let twice = ["000000002", "8945730000000000002", "000000003"];
        assert_eq!(sims.all_of(&twice).len(), 1);
    }

    #[test]
    fn an_api_that_ignores_a_filter_is_not_believed() {
        let fleet = SimFilter::of_connector("fleet");
        assert!(fleet.matches(&sim(1, Some("fleet"))));
        assert!(!fleet.matches(&sim(1, Some("FLEET"))));
        assert!(!fleet.matches(&sim(1, None)));
        let offline = SimFilter {
            online: Some(false),
            ..SimFilter::default()
        };
        let online = Sim {
            online: Some(true),
            ..sim(1, None)
        };
        assert!(!offline.matches(&online));
        assert!(offline.matches(&sim(1, None)));
    }
}
