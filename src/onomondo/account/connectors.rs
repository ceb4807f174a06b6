//! The connectors of one list, found by name.

use std::{collections::HashMap, ops::Deref, time::SystemTime};

use crate::onomondo::{Connector, Error, LIST_LIMIT};

/// One complete answer to `GET /connectors`.
#[derive(Debug, Default)]
pub struct Connectors {
    all: Vec<Connector>,
    by_name: HashMap<String, Named>,
    /// When the API answered, by its own clock.
    pub(in crate::onomondo) answered_at: Option<SystemTime>,
}

/// The entries that have one name.
#[derive(Debug)]
struct Named {
    /// The index of the first.
    first: usize,
    count: usize,
}

impl Connectors {
    /// The connectors of a list that the API answered at this time.
    pub(in crate::onomondo) fn new(all: Vec<Connector>, answered_at: Option<SystemTime>) -> Self {
        let mut by_name = HashMap::<_, Named>::with_capacity(all.len());
        for (first, connector) in all.iter().enumerate() {
            let named = by_name.entry(connector.name.clone());
            named
                .and_modify(|named| named.count += 1)
                .or_insert(Named { first, count: 1 });
        }
        Self {
            all,
            by_name,
            answered_at,
        }
    }

    /// The connector with exactly this name. `None` only where a complete list does not have it.
    pub fn find(&self, name: &str) -> Result<Option<&Connector>, Error> {
        match self.by_name.get(name) {
            Some(Named { first, count: 1 }) => Ok(self.all.get(*first)),
            Some(Named { count, .. }) => Err(Error::DuplicateName {
                name: name.to_owned(),
                count: *count,
            }),
            None if self.is_cut_off() => Err(Error::ListTruncated {
                name: name.to_owned(),
                limit: LIST_LIMIT,
            }),
            None => Ok(None),
        }
    }

    /// Whether at least one entry has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Whether the API may have left connectors out, so that one that is not here may exist.
    pub(super) fn is_cut_off(&self) -> bool {
        self.all.len() == LIST_LIMIT
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
    use crate::onomondo::test_server::connector;

    fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> Connectors {
        Connectors::new(names.into_iter().map(connector).collect(), None)
    }

    #[test]
    fn a_name_is_found_exactly() {
        let all = list(["Fleet", "fleet", "twice", "twice"]);
        assert_eq!(all.find("fleet").unwrap().unwrap().name, "fleet");
        assert_eq!(all.find("FLEET").unwrap(), None);
        assert!(matches!(
            all.find("twice"),
            Err(Error::DuplicateName { count: 2, .. })
        ));
    }

    #[test]
    fn a_full_list_without_the_name_says_nothing() {
        let names: Vec<String> = (0..1000).map(|number| format!("c{number}")).collect();
        let full = list(names.iter().map(String::as_str));
        assert!(matches!(
            full.find("fleet"),
            Err(Error::ListTruncated { limit: 1000, .. })
        ));
        assert!(full.find("c999").unwrap().is_some());
        let shorter = list(names[1..].iter().map(String::as_str));
        assert_eq!(shorter.find("c0").unwrap(), None);
    }
}
