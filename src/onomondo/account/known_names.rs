//! Which connectors the account has, as far as this process knows.
//!
//! The API does not say what a POST with a name that exists does: refuse, or overwrite. So a create
//! looks first, and one list serves all creates of a process, kept right by what it makes and
//! removes itself.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::onomondo::{Connector, calls::list_connectors::LIST_LIMIT};

/// The names of the account's connectors.
#[derive(Default)]
pub(in crate::onomondo) struct KnownNames {
    /// Held while a plan looks for a name, so that one failure is enough for all.
    pub(in crate::onomondo) looking_ahead: tokio::sync::Mutex<()>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// The names in the last list; `None` before the first.
    listed: Option<HashSet<String>>,
    /// Whether the last list was cut off, so that a name it lacks may exist.
    truncated: bool,
    /// What this process made or renamed to. A key limited by tags may never see it in a list.
    made: HashSet<String>,
    /// What this process removed or renamed. A list may show it for a moment longer.
    removed: HashSet<String>,
    /// What a state of this process holds: to make it anew is to replace it.
    managed: HashSet<String>,
    /// What is being made right now.
    claimed: HashSet<String>,
    /// Whether a look ahead of a create failed since the last list.
    gave_up: bool,
}

/// What the last list tells of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Listed {
    Yes,
    No,
    /// The list is cut off.
    Unknown,
}

/// The right to make a connector of one name; given back when dropped.
pub(in crate::onomondo) struct Claim<'a> {
    names: &'a KnownNames,
    name: &'a str,
}

impl KnownNames {
    /// Claims a name. `None` if another create of this process holds it: of two connectors with one
    /// name the second would find the first, or overwrite it.
    pub(in crate::onomondo) fn claim<'a>(&'a self, name: &'a str) -> Option<Claim<'a>> {
        // A claim gives back what it holds when dropped, so none is made that holds nothing.
        let is_free = self.state().claimed.insert(name.to_owned());
        is_free.then(|| Claim { names: self, name })
    }

    /// Whether a list was taken.
    pub(in crate::onomondo) fn is_listed(&self) -> bool {
        self.state().listed.is_some()
    }

    /// Takes the first list. Another create may have been quicker, and its list may be newer.
    pub(in crate::onomondo) fn begin_with(&self, connectors: &[Connector]) {
        if !self.is_listed() {
            self.replace(connectors);
        }
    }

    /// Takes a list that was begun just now.
    pub(in crate::onomondo) fn replace(&self, connectors: &[Connector]) {
        let mut state = self.state();
        state.gave_up = false;
        state.truncated = connectors.len() == LIST_LIMIT;
        state.listed = Some(
            connectors
                .iter()
                .map(|connector| connector.name.clone())
                .collect(),
        );
    }

    /// Whether looking ahead of a create failed, and no list was had since.
    pub(in crate::onomondo) fn gave_up(&self) -> bool {
        self.state().gave_up
    }

    /// Notes that looking ahead of a create failed.
    pub(in crate::onomondo) fn give_up(&self) {
        self.state().gave_up = true;
    }

    /// Whether a connector of that name may exist, as far as an older list and this process tell.
    pub(in crate::onomondo) fn may_exist(&self, name: &str) -> bool {
        self.state().made.contains(name) || self.listed(name) != Listed::No
    }

    /// What the last list tells of a name.
    pub(in crate::onomondo) fn listed(&self, name: &str) -> Listed {
        let state = self.state();
        match &state.listed {
            Some(listed) if listed.contains(name) && !state.removed.contains(name) => Listed::Yes,
            Some(_) if !state.truncated => Listed::No,
            _ => Listed::Unknown,
        }
    }

    /// The names in `connectors` that nothing in this process accounts for.
    pub(in crate::onomondo) fn unaccounted(&self, connectors: &[Connector]) -> Vec<String> {
        let state = self.state();
        let mut names: Vec<String> = connectors
            .iter()
            .map(|connector| &connector.name)
            .filter(|name| {
                let known = [&state.made, &state.claimed, &state.removed];
                !known.iter().any(|names| names.contains(*name))
                    && !state
                        .listed
                        .as_ref()
                        .is_some_and(|listed| listed.contains(*name))
            })
            .cloned()
            .collect();
        names.sort();
        names
    }

    /// Whether a state holds a connector of this name.
    pub(in crate::onomondo) fn is_managed(&self, name: &str) -> bool {
        self.state().managed.contains(name)
    }

    /// Notes that a state holds a connector of this name.
    pub(in crate::onomondo) fn note_managed(&self, name: &str) {
        self.state().managed.insert(name.to_owned());
    }

    /// Notes that this process made a connector, or gave one this name.
    pub(in crate::onomondo) fn made(&self, name: &str) {
        let mut state = self.state();
        state.removed.remove(name);
        state.made.insert(name.to_owned());
    }

    /// Notes that this process removed a connector, or took this name from one.
    pub(in crate::onomondo) fn removed(&self, name: &str) {
        let mut state = self.state();
        state.made.remove(name);
        state.removed.insert(name.to_owned());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code below panics while it holds the lock, and sets have no broken state.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.names.state().claimed.remove(self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::connector;

    #[test]
    fn what_this_process_did_counts_over_an_older_list() {
        let names = KnownNames::default();
        assert!(!names.is_listed());
        assert_eq!(names.listed("abc"), Listed::Unknown);
        names.replace(&[connector("abc"), connector("old")]);
        assert_eq!(
            (names.listed("abc"), names.listed("new")),
            (Listed::Yes, Listed::No)
        );
        names.removed("old");
        names.made("new");
        assert!(!names.may_exist("old"));
        assert!(names.may_exist("new"));
        names.made("old");
        assert!(names.may_exist("old"));
    }

    #[test]
    fn a_list_that_is_cut_off_proves_nothing_missing() {
        let names = KnownNames::default();
        let all: Vec<_> = (0..LIST_LIMIT)
            .map(|number| connector(&format!("c{number}")))
            .collect();
        names.replace(&all);
        assert_eq!(
            (names.listed("c1"), names.listed("abc")),
            (Listed::Yes, Listed::Unknown)
        );
        names.replace(&all[1..]);
        assert_eq!(names.listed("c0"), Listed::No);
    }

    #[test]
    fn a_name_is_claimed_once_until_it_is_given_back() {
        let names = KnownNames::default();
        let claim = names.claim("abc");
        assert!(claim.is_some());
        assert!(names.claim("abc").is_none());
        drop(claim);
        assert!(names.claim("abc").is_some());
    }

    #[test]
    fn what_nothing_accounts_for_is_what_is_new() {
        let names = KnownNames::default();
        names.replace(&[connector("old")]);
        names.made("mine");
        let _claim = names.claim("soon");
        let now = ["zulu", "old", "mine", "soon", "alpha"].map(connector);
        assert_eq!(names.unaccounted(&now), ["alpha", "zulu"]);
    }
}
