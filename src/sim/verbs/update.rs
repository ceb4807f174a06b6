//! Update: unmaps the released SIMs, then maps those that are not mapped yet.

use std::{collections::HashSet, sync::Arc};

use crate::{
    messages::timeouts::{Timeouts, UPDATE},
    onomondo::{Client, ListFailure, Operation, Sim, Sims, sim_number},
    protocol::{Apply, Call, Diagnostics, Instance},
    sim::{
        change, errors, mapped,
        object::{Object, with_sims},
    },
};

/// After an update that failed in part, the state holds the SIMs that are mapped by then, and those
/// whose result is unknown. The next read removes SIMs that turn out not to be mapped. A state has
/// one connector, so SIMs move to a new connector only after the released SIMs left the old one.
pub(in crate::sim) async fn update(
    call: &Call<Client>,
    prior: Instance,
    request: Apply,
    diagnostics: &mut Diagnostics,
) -> Instance {
    let Apply { planned, .. } = request;
    let (before, plan) = (Object::of(&prior.state), Object::of(&planned.state));
    let moves = before.connector != plan.connector;
    let operation = Timeouts::of(&planned.state).operation(call, UPDATE);
    let _emptying = moves.then(|| call.client.emptying(before.connector));
    let listings = match Listings::get(&call.client, &operation, &before, &plan).await {
        Ok(listings) => listings,
        Err(failure) => {
            diagnostics.push(errors::of_listing(
                &failure.error,
                "map SIMs to",
                plan.connector,
            ));
            return prior.clone();
        }
    };

    let released = listings.released(&before, &plan);
    let from = listings.old_connector;
    let unmapped = change::unmap(&call.client, &operation, from, &released).await;
    let stuck: HashSet<&str> = unmapped.not_done().collect();
    let is_stuck = |spelling: &&str| {
        let sim = listings.old.find(spelling);
        sim.is_some_and(|sim| stuck.contains(sim.id.as_str()))
    };
    let stuck = || before.sim_ids.iter().copied().filter(is_stuck);
    let unmapped_ids: HashSet<&str> = unmapped.done().collect();
    let is_unmapped = |spelling: &&str| {
        let sim = listings.old.find(spelling);
        sim.is_some_and(|sim| unmapped_ids.contains(sim.id.as_str()))
    };
    let not_moved = || {
        let sims = before.sim_ids.iter().copied();
        Instance {
            state: with_sims(&prior.state, sims.filter(|it| !is_unmapped(it))),
            ..prior.clone()
        }
    };
    if !unmapped.is_complete() {
        let advice = if moves {
            errors::NOT_MOVED
        } else {
            errors::IN_STATE
        };
        diagnostics.push(errors::not_unmapped(&unmapped, from, advice));
        if moves {
            return not_moved();
        }
    }

    let (client, to) = (&call.client, plan.connector);
    let mapped = change::map(client, &operation, to, &plan.sim_ids, &listings.new).await;
    let reached = || mapped.done().chain(mapped.unknown());
    let is_moved = reached().next().is_some();
    if !mapped.is_complete() {
        let advice = match (moves, is_moved) {
            (false, _) => errors::IN_STATE,
            (true, true) => errors::MOVED_IN_PART,
            (true, false) => errors::NOT_MOVED,
        };
        diagnostics.push(errors::not_mapped(call, &mapped, to, advice).await);
        if moves && !is_moved {
            return not_moved();
        }
    }
    Instance {
        state: with_sims(&planned.state, reached().chain(stuck())),
        ..planned.clone()
    }
}

/// The SIMs mapped before the update.
struct Listings<'a> {
    /// The SIMs mapped to the old connector.
    old: Arc<Sims>,
    /// The current name of the old connector.
    old_connector: &'a str,
    /// The SIMs mapped to the new connector, which may be the same.
    new: Arc<Sims>,
}

impl<'a> Listings<'a> {
    /// Lists only the SIMs that the update depends on.
    async fn get(
        client: &Client,
        operation: &Operation,
        before: &Object<'a>,
        plan: &Object<'a>,
    ) -> Result<Self, ListFailure> {
        let new = mapped::to(client, operation, plan.connector).await?;
        let (mut old, mut old_connector) = (Arc::clone(&new), plan.connector);
        if before.connector != plan.connector && !before.is_within(plan) {
            old = mapped::to(client, operation, before.connector).await?;
            old_connector = before.connector;
            // The old connector may have been renamed. Its SIMs are then mapped to the new name.
            if old.is_empty() && mapped::is_missing(client, operation, before.connector).await {
                (old, old_connector) = (Arc::clone(&new), plan.connector);
            }
        }
        Ok(Self {
            old,
            old_connector,
            new,
        })
    }

    /// The mapped SIMs that are in the prior state but no longer in the plan, in any spelling.
    fn released(&self, before: &Object<'_>, plan: &Object<'_>) -> Vec<&Sim> {
        let kept: HashSet<&str> = plan.sim_ids.iter().copied().map(sim_number).collect();
        let is_kept = |sim: &&Sim| sim.numbers().any(|number| kept.contains(number));
        let mapped = self.old.all_of(&before.sim_ids).into_iter();
        mapped.filter(|sim| !is_kept(sim)).collect()
    }
}
