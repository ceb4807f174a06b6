//! What this process did, does and knows about names: what no list can tell.
//!
//! A list is a moment behind: it may lack what was just made, and may have what was just removed. A
//! key that is limited by tags may never see what it makes.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tokio::time::Instant;

use super::connectors::Connectors;

/// How long the API may say that a name is taken after this process freed it.
pub(super) const FREED: Duration = Duration::from_secs(30);

/// The names that this process has to do with.
#[derive(Default)]
pub(super) struct Names {
    /// What this process made or renamed to, and whether a list has shown it since.
    made: HashMap<String, bool>,
    /// When this process removed or renamed what had this name.
    freed: HashMap<String, Instant>,
    /// What this process is removing or renaming, and which name each waits for until it can.
    freeing: HashMap<String, Option<String>>,
    /// What this process failed to remove or rename.
    kept: HashSet<String>,
    /// What this process is making or renaming to.
    taking: HashSet<String>,
    /// What a state of this process holds.
    managed: HashSet<String>,
}

/// Whether the account has a connector of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Existence {
    /// It has.
    Taken,
    /// It has not.
    Free,
    /// The list is cut off, so that a name it lacks may exist.
    Unknown,
}

/// What this process does about a name that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// Nothing yet.
    Stays,
    /// It tried to remove or rename what has the name, and failed.
    Kept,
    /// It is removing or renaming what has the name.
    Leaves,
    /// What has the name waits, in the end, for what asks.
    WaitsForMe,
    /// It removed or renamed what had the name.
    Left,
}

impl Names {
    /// Takes a list into account that began after everything noted here.
    pub(super) fn compare(&mut self, list: &Connectors) {
        self.made.retain(|name, seen| {
            let is_listed = list.has(name);
            // What was seen and no longer is was removed by somebody else.
            let is_gone = *seen && !is_listed && !list.is_cut_off();
            *seen |= is_listed;
            !is_gone
        });
    }

    /// Whether the account has a connector of this name, as far as the list and this process tell.
    pub(super) fn existence(&self, name: &str, list: &Connectors) -> Existence {
        if self.was_freed(name) {
            Existence::Free
        } else if list.has(name) || self.made.contains_key(name) {
            Existence::Taken
        } else if list.is_cut_off() {
            Existence::Unknown
        } else {
            Existence::Free
        }
    }

    /// Whether lists have shown nothing of what this process made, though it made something.
    pub(super) fn are_invisible(&self) -> bool {
        !self.made.is_empty() && self.made.values().all(|seen| !seen)
    }

    /// Whether this process is making, made or removed a connector of this name.
    pub(super) fn account_for(&self, name: &str) -> bool {
        self.made.contains_key(name) || self.taking.contains(name) || self.freed.contains_key(name)
    }

    /// Whether a state holds a connector of this name, or this process made it.
    pub(super) fn is_ours(&self, name: &str) -> bool {
        self.managed.contains(name) || self.made.contains_key(name)
    }

    /// Whether a state holds a connector of this name.
    pub(super) fn is_managed(&self, name: &str) -> bool {
        self.managed.contains(name)
    }

    /// Notes that a state holds a connector of this name.
    pub(super) fn note_managed(&mut self, name: &str) {
        self.managed.insert(name.to_owned());
    }

    /// What states of this process hold and a list lacks, though nothing removed it here.
    pub(super) fn missing(&self, list: &Connectors) -> Vec<String> {
        let managed = self.managed.iter();
        let missing = managed.filter(|name| !list.has(name) && !self.freed.contains_key(*name));
        let mut missing: Vec<_> = missing.cloned().collect();
        missing.sort();
        missing
    }

    /// Notes that this process made a connector, or gave one this name.
    pub(super) fn note_made(&mut self, name: &str) {
        self.freed.remove(name);
        self.made.insert(name.to_owned(), false);
    }

    /// Notes that this process removed a connector, or took this name from one.
    pub(super) fn note_freed(&mut self, name: &str) {
        self.made.remove(name);
        self.freed.insert(name.to_owned(), Instant::now());
    }

    /// Whether this process freed the name so lately that the API may not know yet.
    pub(super) fn was_freed(&self, name: &str) -> bool {
        self.freed
            .get(name)
            .is_some_and(|freed| freed.elapsed() < FREED)
    }

    /// Whether nothing else of this process is making or renaming to this name; now this is.
    pub(super) fn begin_taking(&mut self, name: &str) -> bool {
        self.taking.insert(name.to_owned())
    }

    pub(super) fn end_taking(&mut self, name: &str) {
        self.taking.remove(name);
    }

    pub(super) fn begin_freeing(&mut self, name: &str) {
        self.kept.remove(name);
        self.freeing.insert(name.to_owned(), None);
    }

    pub(super) fn end_freeing(&mut self, name: &str) {
        self.freeing.remove(name);
        if !self.was_freed(name) {
            self.kept.insert(name.to_owned());
        }
    }

    /// What this process does about a name that is taken. What asks frees `mine`, if anything, and
    /// waits for the name from now on.
    pub(super) fn wait_for(&mut self, name: &str, mine: Option<&str>) -> Holder {
        if let Some(waits_for) = mine.and_then(|mine| self.freeing.get_mut(mine)) {
            *waits_for = Some(name.to_owned());
        }
        if self.was_freed(name) {
            return Holder::Left;
        }
        let mut next = name;
        // As many steps as there are names: a circle that does not lead here ends, too.
        for _ in 0..self.freeing.len() {
            match self.freeing.get(next) {
                Some(Some(waits_for)) if Some(waits_for.as_str()) == mine => {
                    return Holder::WaitsForMe;
                }
                Some(Some(waits_for)) => next = waits_for,
                _ => break,
            }
        }
        if self.freeing.contains_key(name) {
            Holder::Leaves
        } else if self.kept.contains(name) {
            Holder::Kept
        } else {
            Holder::Stays
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::connector;

    fn list(names: &[&str]) -> Connectors {
        part(names, true)
    }

    fn part(names: &[&str], is_complete: bool) -> Connectors {
        let entries = names.iter().map(|name| Ok(connector(name)));
        Connectors::new(entries.collect(), is_complete, None)
    }

    #[test]
    fn what_this_process_did_counts_over_a_list() {
        let (mut names, list) = (Names::default(), list(&["abc", "old"]));
        assert_eq!(names.existence("abc", &list), Existence::Taken);
        assert_eq!(names.existence("new", &list), Existence::Free);
        names.note_freed("old");
        names.note_made("new");
        assert_eq!(names.existence("old", &list), Existence::Free);
        assert_eq!(names.existence("new", &list), Existence::Taken);
        names.note_made("old");
        assert_eq!(names.existence("old", &list), Existence::Taken);
    }

    #[tokio::test(start_paused = true)]
    async fn a_name_that_was_freed_long_ago_may_be_somebody_elses() {
        let (mut names, list) = (Names::default(), list(&["old"]));
        names.note_freed("old");
        tokio::time::advance(FREED).await;
        assert_eq!(names.existence("old", &list), Existence::Taken);
    }

    #[test]
    fn a_list_that_is_cut_off_proves_nothing_missing() {
        let names = Names::default();
        let cut_off = part(&["c1", "c2"], false);
        assert_eq!(names.existence("c1", &cut_off), Existence::Taken);
        assert_eq!(names.existence("abc", &cut_off), Existence::Unknown);
        assert_eq!(names.existence("abc", &list(&["c1"])), Existence::Free);
    }

    #[test]
    fn what_a_state_holds_and_a_list_lacks_is_missing_unless_this_process_removed_it() {
        let mut names = Names::default();
        for name in ["d", "c", "b", "a"] {
            names.note_managed(name);
        }
        names.note_freed("c");
        assert_eq!(names.missing(&list(&["b"])), ["a", "d"]);
    }

    #[test]
    fn what_was_made_and_never_seen_exists_and_what_was_seen_and_is_gone_does_not() {
        let mut names = Names::default();
        assert!(!names.are_invisible());
        names.note_made("new");
        names.compare(&list(&[]));
        assert!(names.are_invisible());
        assert_eq!(names.existence("new", &list(&[])), Existence::Taken);
        names.compare(&list(&["new"]));
        assert!(!names.are_invisible());
        names.compare(&list(&[]));
        assert_eq!(names.existence("new", &list(&[])), Existence::Free);
    }

    #[test]
    fn a_name_is_taken_once_until_it_is_given_back() {
        let mut names = Names::default();
        assert!(names.begin_taking("abc"));
        assert!(!names.begin_taking("abc"));
        names.end_taking("abc");
        assert!(names.begin_taking("abc"));
    }

    #[test]
    fn connectors_that_pass_their_names_on_wait_and_those_in_a_circle_do_not() {
        let mut names = Names::default();
        for name in ["aaa", "bbb", "ccc"] {
            names.begin_freeing(name);
        }
        assert_eq!(names.wait_for("bbb", Some("aaa")), Holder::Leaves);
        assert_eq!(names.wait_for("ccc", Some("bbb")), Holder::Leaves);
        assert_eq!(names.wait_for("ddd", Some("ccc")), Holder::Stays);
        assert_eq!(names.wait_for("aaa", None), Holder::Leaves);
        assert_eq!(names.wait_for("aaa", Some("ccc")), Holder::WaitsForMe);
        names.note_freed("ccc");
        names.end_freeing("ccc");
        assert_eq!(names.wait_for("ccc", Some("bbb")), Holder::Left);
        names.end_freeing("bbb");
        assert_eq!(names.wait_for("bbb", Some("aaa")), Holder::Kept);
    }
}
