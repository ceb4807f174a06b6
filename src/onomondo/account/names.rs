//! This process's own knowledge of names, which no list can show.
//!
//! Lists lag a moment behind: one may lack a connector just made, and may show one just removed. A
//! key limited by tags may never see the connectors that it makes.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use tokio::time::Instant;

use super::{connectors::Connectors, patience::Patience};

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
    /// How long to wait for names that nothing frees yet.
    pub(super) patience: Patience,
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
    /// Nothing so far. If the holder waits for another name, nothing so far frees that one.
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
        self.patience.note_managed(name);
        self.managed.insert(name.to_owned());
    }

    /// Notes that this process refreshes the state of a connector with this name.
    pub(super) fn note_refreshed(&mut self, name: &str) {
        self.note_managed(name);
        self.renamed.remove(name);
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
        self.patience.restart();
    }

    /// Notes that this process renamed a connector.
    pub(super) fn note_renamed(&mut self, name: &str, new_name: &str) {
        self.note_freed(name);
        self.note_made(new_name);
        self.renamed.insert(name.to_owned(), new_name.to_owned());
    }

    /// Notes that the connector had another name before. Does nothing if another connector has that
    /// name now: one that a state holds, or that this process made.
    pub(super) fn note_former_name(&mut self, former: &str, name: &str) {
        if !self.is_ours(former) {
            self.renamed.insert(former.to_owned(), name.to_owned());
        }
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
                self.patience.restart();
            }
        }
    }

    /// Notes the name that the caller waits for, if any, before it frees `mine`.
    pub(super) fn note_waiting(&mut self, mine: Option<&str>, name: Option<&str>) {
        if let Some(waits_for) = mine.and_then(|mine| self.freeing.get_mut(mine)) {
            *waits_for = name.map(str::to_owned);
        }
    }

    /// What this process does with a taken name. The caller waits for it, and frees `mine`, if
    /// given.
    pub(super) fn holder(&self, name: &str, mine: Option<&str>) -> Holder {
        if self.was_freed(name) {
            return Holder::Left;
        }
        let mut last = name;
        // At most one step for each name, so that a cycle that does not include the caller ends
        // too.
        for _ in 0..self.freeing.len() {
            match self.freeing.get(last) {
                Some(Some(waits_for)) if Some(waits_for.as_str()) == mine => {
                    return Holder::WaitsForMe;
                }
                Some(Some(waits_for)) => last = waits_for,
                Some(None) | None => break,
            }
        }
        let is_waiting = last != name;
        let is_settled = self.kept.contains(last) || self.was_freed(last);
        if self.freeing.contains_key(last) || (is_waiting && is_settled) {
            Holder::Leaves
        } else if self.kept.contains(last) {
            Holder::Kept
        } else if self.is_emptying(last) {
            Holder::MayLeave
        } else {
            Holder::Stays
        }
    }

    /// Gives up waiting for a name, if the time has come and the caller is the one to do so.
    pub(super) fn give_up(&mut self, name: &str, mine: Option<&str>, grace: Duration) -> bool {
        if self.patience.end(grace) > Instant::now() || !self.is_last_in_queue(mine) {
            return false;
        }
        self.patience.give_up();
        if !self.is_managed(name) {
            self.patience.note_in_vain(name);
        }
        true
    }

    /// Whether no other operation waits for the name that the caller frees. Such an operation would
    /// fail as well. Of several callers like that, chooses the one that is probably farthest from
    /// the name that will be free: names that connectors pass on are often in order.
    fn is_last_in_queue(&self, mine: Option<&str>) -> bool {
        let Some(mine) = mine else {
            return true;
        };
        let waiting = self.freeing.iter().filter_map(|(name, waits_for)| {
            let waits_for = waits_for.as_deref()?;
            let is_last =
                !self.taking.contains(name) && self.holder(waits_for, Some(name)) == Holder::Stays;
            is_last.then_some((name.as_str(), waits_for))
        });
        let rising = waiting.clone().filter(|(name, waits_for)| name < waits_for);
        let names = |(name, _)| name;
        let chosen = rising.map(names).min();
        chosen.or_else(|| waiting.map(names).max()) == Some(mine)
    }
}

#[cfg(test)]
mod tests;
