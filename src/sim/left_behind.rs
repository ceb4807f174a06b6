//! Private state: the SIMs that an unfinished move left on the old connector.
//!
//! A state has only one connector, and after a move that failed in part it is the new one. A delete
//! must still unmap the SIMs that stayed on the old one, or nobody could delete that connector.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{change, errors, mapped};
use crate::{
    onomondo::{Client, Operation, sim_number},
    protocol::Diagnostics,
};

/// The SIMs by connector, in the user's spelling.
#[derive(Debug, Default)]
pub(super) struct LeftBehind(BTreeMap<String, BTreeSet<String>>);

impl LeftBehind {
    /// Parses private state. Unreadable bytes count as none.
    pub(super) fn read(private: &[u8]) -> Self {
        Self(serde_json::from_slice(private).unwrap_or_default())
    }

    /// Encodes to private state. Empty if there is nothing to store.
    pub(super) fn write(&self) -> Vec<u8> {
        if self.0.is_empty() {
            return Vec::new();
        }
        // Maps of strings always have a JSON form.
        serde_json::to_vec(&self.0).unwrap_or_default()
    }

    /// Adds SIMs that stayed on this connector.
    pub(super) fn add<'a>(&mut self, connector: &str, sim_ids: impl Iterator<Item = &'a str>) {
        let mut sim_ids = sim_ids.map(str::to_owned).peekable();
        if sim_ids.peek().is_some() {
            let sims = self.0.entry(connector.to_owned()).or_default();
            sims.extend(sim_ids);
        }
    }

    /// Removes SIMs that are on another connector now.
    pub(super) fn remove<'a>(&mut self, sim_ids: impl Iterator<Item = &'a str>) {
        let moved: HashSet<&str> = sim_ids.map(sim_number).collect();
        self.retain(|sim_id| !moved.contains(sim_number(sim_id)));
    }

    /// Unmaps the SIMs that are still on these connectors, except those to keep, which are about to
    /// be moved.
    pub(super) async fn unmap(
        &mut self,
        client: &Client,
        operation: &Operation,
        keep: &[&str],
        advice: &str,
        diagnostics: &mut Diagnostics,
    ) {
        let keep: HashSet<&str> = keep.iter().copied().map(sim_number).collect();
        for (connector, sims) in &mut self.0 {
            let released = sims.iter().map(String::as_str);
            let released = released.filter(|sim_id| !keep.contains(sim_number(sim_id)));
            let released: Vec<&str> = released.collect();
            if released.is_empty() {
                continue;
            }
            let _emptying = client.emptying(connector);
            let listed = match mapped::to(client, operation, connector).await {
                Ok(listed) => listed,
                Err(failure) => {
                    diagnostics.push(errors::of_listing(
                        &failure.error,
                        "unmap SIMs from",
                        connector,
                    ));
                    continue;
                }
            };
            let still_mapped = listed.all_of(&released);
            let outcome = change::unmap(client, operation, connector, &still_mapped).await;
            if !outcome.is_complete() {
                diagnostics.push(errors::not_unmapped(&outcome, connector, advice));
            }
            let stuck: HashSet<&str> = outcome.not_done().collect();
            sims.retain(|sim_id| {
                let is_stuck = || {
                    listed
                        .find(sim_id)
                        .is_some_and(|sim| stuck.contains(&*sim.id))
                };
                keep.contains(sim_number(sim_id)) || is_stuck()
            });
        }
        self.retain(|_| true);
    }

    fn retain(&mut self, is_left: impl Fn(&str) -> bool) {
        self.0.retain(|_, sims| {
            sims.retain(|sim_id| is_left(sim_id));
            !sims.is_empty()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_move_left_behind_is_remembered_until_it_moved() {
        let mut left = LeftBehind::default();
        left.add("fleet", ["000000001", "89457300000000000029"].into_iter());
        left.add("depot", std::iter::empty());
        let mut left = LeftBehind::read(&left.write());
        left.remove(["000000001"].into_iter());
        assert!(!left.write().is_empty());
        left.remove(["8945730000000000002"].into_iter());
        assert!(left.write().is_empty());
        assert!(LeftBehind::read(b"not JSON").write().is_empty());
    }
}
