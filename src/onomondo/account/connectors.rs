//! The connectors of one list, found by name.

use std::{collections::HashMap, ops::Deref, time::SystemTime};

use crate::onomondo::{Connector, Error, OddEntry, wire::entry::Entry};

/// One complete answer to `GET /connectors`.
#[derive(Debug, Default)]
pub struct Connectors {
    all: Vec<Connector>,
    odd: Vec<OddEntry>,
    by_name: HashMap<String, Named>,
    /// Whether a connector that is not listed does not exist.
    is_complete: bool,
    /// The time of the answer, by the API's own clock.
    pub(in crate::onomondo) answered_at: Option<SystemTime>,
}

/// The entries with one name.
#[derive(Debug)]
struct Named {
    first: Place,
    count: usize,
}

/// The location of an entry.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// An index in `all`.
    Connector(usize),
    /// An index in `odd`.
    Odd(usize),
}

impl Connectors {
    /// The connectors of a list, with the time of the answer.
    pub(in crate::onomondo) fn new(
        entries: Vec<Entry>,
        is_complete: bool,
        answered_at: Option<SystemTime>,
    ) -> Self {
        let mut list = Self {
            is_complete,
            answered_at,
            ..Self::default()
        };
        for entry in entries {
            match entry {
                Ok(connector) => {
                    list.note(connector.name.clone(), Place::Connector(list.all.len()));
                    list.all.push(connector);
                }
                Err(odd) => {
                    if let Some(name) = &odd.name {
                        list.note(name.clone(), Place::Odd(list.odd.len()));
                    }
                    list.odd.push(odd);
                }
            }
        }
        list
    }

    /// The connector with exactly this name. `None` only if a complete list does not have it.
    pub fn find(&self, name: &str) -> Result<Option<&Connector>, Error> {
        let name = name.to_owned();
        match self.by_name.get(&name) {
            Some(Named { first, count: 1 }) => match first {
                Place::Connector(index) => Ok(self.all.get(*index)),
                Place::Odd(index) => Err(Error::OddEntry {
                    name,
                    problem: self.odd[*index].problem.clone(),
                }),
            },
            Some(Named { count, .. }) => Err(Error::DuplicateName {
                name,
                count: *count,
            }),
            None if !self.is_complete => Err(Error::ListTruncated {
                name,
                limit: self.entries(),
            }),
            None => match self.odd.iter().find(|odd| odd.name.is_none()) {
                Some(odd) => Err(Error::NamelessEntry {
                    name,
                    problem: odd.problem.clone(),
                }),
                None => Ok(None),
            },
        }
    }

    /// The entries that could not be read.
    #[must_use]
    pub fn odd(&self) -> &[OddEntry] {
        &self.odd
    }

    /// Whether the API may have omitted connectors, so that one that is not listed may exist.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        !self.is_complete
    }

    /// The number of entries, including unreadable ones.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.all.len() + self.odd.len()
    }

    /// Whether at least one entry has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    fn note(&mut self, name: String, first: Place) {
        let named = self.by_name.entry(name);
        named
            .and_modify(|named| named.count += 1)
            .or_insert(Named { first, count: 1 });
    }
}

impl Deref for Connectors {
    type Target = [Connector];

    fn deref(&self) -> &[Connector] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::{BodyProblem, test_server::connector};

    fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Entry> {
        names.into_iter().map(|name| Ok(connector(name))).collect()
    }

    fn odd(name: Option<&str>) -> Entry {
        Err(OddEntry {
            name: name.map(str::to_owned),
            problem: BodyProblem::Incomplete,
        })
    }

    #[test]
    fn a_name_is_found_exactly() {
        let all = Connectors::new(list(["Fleet", "fleet", "twice", "twice"]), true, None);
        assert_eq!(all.find("fleet").unwrap().unwrap().name, "fleet");
        assert_eq!(all.find("FLEET").unwrap(), None);
        assert!(matches!(
            all.find("twice"),
            Err(Error::DuplicateName { count: 2, .. })
        ));
    }

    #[test]
    fn a_partial_list_does_not_show_whether_a_missing_name_exists() {
        let part = Connectors::new(list(["one", "other"]), false, None);
        assert!(matches!(
            part.find("fleet"),
            Err(Error::ListTruncated { limit: 2, .. })
        ));
        assert!(part.find("other").unwrap().is_some());
    }

    #[test]
    fn an_unreadable_entry_affects_only_lookups_of_its_name() {
        let mut entries = list(["fleet", "both"]);
        entries.extend([odd(Some("odd")), odd(Some("both"))]);
        let all = Connectors::new(entries, true, None);
        assert!(all.find("fleet").unwrap().is_some());
        assert_eq!(all.find("gone").unwrap(), None);
        assert!(matches!(all.find("odd"), Err(Error::OddEntry { .. })));
        assert!(all.has("odd"));
        assert!(matches!(all.find("both"), Err(Error::DuplicateName { .. })));
        assert_eq!((all.len(), all.odd().len()), (2, 2));
    }

    #[test]
    fn an_entry_without_a_name_may_be_the_missing_connector() {
        let mut entries = list(["fleet"]);
        entries.push(odd(None));
        let all = Connectors::new(entries, true, None);
        assert!(all.find("fleet").unwrap().is_some());
        assert!(matches!(all.find("gone"), Err(Error::NamelessEntry { .. })));
    }
}
