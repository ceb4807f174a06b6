//! This process's own knowledge of names, which no list can show.
//!
//! Lists lag a moment behind: one may lack a connector just made, and may show one just removed. A
//! key limited by tags may never see the connectors that it makes.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tokio::time::Instant;

use super::connectors::Connectors;

/// How long the API may report a name as taken after this process freed it.
pub(super) const FREED: Duration = Duration::from_secs(30);

/// The names that this process deals with.
#[derive(Default)]
pub(super) struct Names {
    /// Names that this process made or renamed to, and whether a list has shown them since.
    made: HashMap<String, bool>,
    /// The times when this process freed names by a delete or rename.
    freed: HashMap<String, Instant>,
    /// Names that this process is freeing, each with the name that it waits for, if any.
    freeing: HashMap<String, Option<String>>,
    /// Names that this process failed to free.
    kept: HashSet<String>,
    /// Names of connectors whose SIMs this process is moving away, and how many operations do so.
    emptying: HashMap<String, usize>,
    /// The old and new names of connectors that this provider renamed.
    renamed: HashMap<String, String>,
    /// Names that this process is making or renaming to.
    taking: HashSet<String>,
    /// Names in states of this process.
    managed: HashSet<String>,
    /// Names in states that this process refreshed.
    refreshed: HashSet<String>,
}

/// Whether the account has a connector with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Existence {
    /// It does.
    Taken,
    /// It does not.
    Free,
    /// The list is cut off, so a name that it lacks may exist.
    Unknown,
}

/// What this process does with a taken name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// Nothing so far.
    Stays,
    /// It tried to free the name and failed.
    Kept,
    /// It is moving SIMs away from the holder of the name, which may be deleted next.
    MayLeave,
    /// It is freeing the name.
    Leaves,
    /// The holder of the name waits, possibly through others, for the caller's own name.
    WaitsForMe,
    /// It freed the name.
    Left,
}

impl Names {
    /// Compares the names with a list that began after all events noted here.
    pub(super) fn compare(&mut self, list: &Connectors) {
        self.made.retain(|name, seen| {
            let is_listed = list.has(name);
            // If a connector is no longer listed, someone else removed it.
            let is_gone = *seen && !is_listed && !list.is_cut_off();
            *seen |= is_listed;
            !is_gone
        });
    }

    /// Whether the account has a connector with this name, by the list and by this process's own
    /// changes.
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

    /// Whether this process made connectors, but lists have not shown any of them.
    pub(super) fn are_invisible(&self) -> bool {
        !self.made.is_empty() && self.made.values().all(|seen| !seen)
    }

    /// Whether this process is making, made or removed a connector with this name.
    pub(super) fn account_for(&self, name: &str) -> bool {
        self.made.contains_key(name) || self.taking.contains(name) || self.freed.contains_key(name)
    }

    /// Whether a state holds a connector with this name, or this process made it.
    pub(super) fn is_ours(&self, name: &str) -> bool {
        self.managed.contains(name) || self.made.contains_key(name)
    }

    /// Whether a state holds a connector with this name.
    pub(super) fn is_managed(&self, name: &str) -> bool {
        self.managed.contains(name)
    }

    /// Notes that a state holds a connector with this name.
    pub(super) fn note_managed(&mut self, name: &str) {
        self.managed.insert(name.to_owned());
    }

    /// Notes that this process refreshes the state of a connector with this name.
    pub(super) fn note_refreshed(&mut self, name: &str) {
        self.note_managed(name);
        self.refreshed.insert(name.to_owned());
    }

    /// Whether this process refreshed the state of a connector with this name.
    pub(super) fn is_refreshed(&self, name: &str) -> bool {
        self.refreshed.contains(name)
    }

    /// The connectors that states of this process hold and a list lacks, except those removed here.
    pub(super) fn missing(&self, list: &Connectors) -> Vec<String> {
        let managed = self.managed.iter();
        let missing = managed.filter(|name| !list.has(name) && !self.freed.contains_key(*name));
        let mut missing: Vec<_> = missing.cloned().collect();
        missing.sort();
        missing
    }

    /// Notes that this process made a connector with this name, or renamed one to it.
    pub(super) fn note_made(&mut self, name: &str) {
        self.freed.remove(name);
        self.renamed.remove(name);
        self.made.insert(name.to_owned(), false);
    }

    /// Notes that this process removed the connector with this name, or renamed it.
    pub(super) fn note_freed(&mut self, name: &str) {
        self.made.remove(name);
        self.freed.insert(name.to_owned(), Instant::now());
    }

    /// Notes that this process renamed a connector.
    pub(super) fn note_renamed(&mut self, name: &str, new_name: &str) {
        self.note_freed(name);
        self.note_made(new_name);
        self.note_former_name(name, new_name);
    }

    /// Notes that the connector had another name before.
    pub(super) fn note_former_name(&mut self, former: &str, name: &str) {
        self.renamed.insert(former.to_owned(), name.to_owned());
    }

    /// The name that the connector has now, if this provider renamed it.
    pub(super) fn current<'a>(&'a self, name: &'a str) -> &'a str {
        self.renamed.get(name).map_or(name, String::as_str)
    }

    /// Whether this process freed the name so recently that the API may not know it yet.
    pub(super) fn was_freed(&self, name: &str) -> bool {
        self.freed
            .get(name)
            .is_some_and(|freed| freed.elapsed() < FREED)
    }

    /// Claims the name for a create or rename. Returns false if another one in this process holds
    /// it.
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

    pub(super) fn begin_emptying(&mut self, name: &str) {
        *self.emptying.entry(name.to_owned()).or_default() += 1;
    }

    pub(super) fn is_emptying(&self, name: &str) -> bool {
        self.emptying.contains_key(name)
    }

    pub(super) fn end_emptying(&mut self, name: &str) {
        if let Some(operations) = self.emptying.get_mut(name) {
            *operations -= 1;
            if *operations == 0 {
                self.emptying.remove(name);
            }
        }
    }

    /// Checks what this process does with a taken name. The caller frees `mine`, if given, and from
    /// now on waits for `name`.
    pub(super) fn wait_for(&mut self, name: &str, mine: Option<&str>) -> Holder {
        if let Some(waits_for) = mine.and_then(|mine| self.freeing.get_mut(mine)) {
            *waits_for = Some(name.to_owned());
        }
        if self.was_freed(name) {
            return Holder::Left;
        }
        let mut next = name;
        // At most one step for each name, so that a cycle that does not include the caller ends
        // too.
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
        } else if self.is_emptying(name) {
            Holder::MayLeave
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
    fn changes_of_this_process_override_a_list() {
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
    async fn a_name_freed_long_ago_may_belong_to_someone_else() {
        let (mut names, list) = (Names::default(), list(&["old"]));
        names.note_freed("old");
        tokio::time::advance(FREED).await;
        assert_eq!(names.existence("old", &list), Existence::Taken);
    }

    #[test]
    fn a_cut_off_list_does_not_prove_that_a_connector_is_missing() {
        let names = Names::default();
        let cut_off = part(&["c1", "c2"], false);
        assert_eq!(names.existence("c1", &cut_off), Existence::Taken);
        assert_eq!(names.existence("abc", &cut_off), Existence::Unknown);
        assert_eq!(names.existence("abc", &list(&["c1"])), Existence::Free);
    }

    #[test]
    fn a_managed_name_that_is_not_listed_is_missing_unless_removed_here() {
        let mut names = Names::default();
        for name in ["d", "c", "b", "a"] {
            names.note_managed(name);
        }
        names.note_freed("c");
        assert_eq!(names.missing(&list(&["b"])), ["a", "d"]);
    }

    #[test]
    fn a_new_connector_that_was_never_listed_exists_and_one_no_longer_listed_does_not() {
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
    fn connectors_that_pass_their_names_on_wait_and_those_in_a_cycle_do_not() {
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
