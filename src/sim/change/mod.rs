//! Changes mappings: sends one request for each SIM that needs a change, and none for the others.
//!
//! - `batch`: ten requests at a time, until every SIM was tried.
//! - `outcome`: the result for each SIM.

mod batch;
mod outcome;

use std::collections::HashSet;

pub(super) use self::outcome::{Failure, Outcome};

use self::batch::{Batch, Item};
use super::sim_id::is_iccid;
use crate::onomondo::{Client, Operation, Sim, Sims, sim_number};

/// The goal of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal<'a> {
    /// The SIMs are mapped to this connector.
    MappedTo(&'a str),
    /// The SIMs are no longer mapped to this connector.
    UnmappedFrom(&'a str),
}

impl<'a> Goal<'a> {
    pub(super) fn connector(self) -> &'a str {
        match self {
            Self::MappedTo(connector) | Self::UnmappedFrom(connector) => connector,
        }
    }

    /// The connector of the SIMs after the change.
    fn mapped_to(self) -> Option<&'a str> {
        match self {
            Self::MappedTo(connector) => Some(connector),
            Self::UnmappedFrom(_) => None,
        }
    }
}

/// Maps the SIMs with these IDs and ICCIDs to a connector. `listed` holds the SIMs mapped to it
/// now.
pub(super) async fn map<'a>(
    client: &Client,
    operation: &Operation,
    connector: &'a str,
    sim_ids: &[&'a str],
    listed: &'a Sims,
) -> Outcome<'a> {
    let goal = Goal::MappedTo(connector);
    let batch = Batch::new(client, operation, goal, !listed.is_empty(), sim_ids.len());
    let item = |spelling: &'a str| Item {
        spelling,
        sim: listed.find(spelling),
    };
    let (iccids, ids): (Vec<_>, Vec<_>) = sim_ids.iter().partition(|spelling| is_iccid(spelling));
    let mut outcome = batch.run(ids.into_iter().map(item).collect()).await;
    // An ICCID may name a SIM that is also listed by its ID. The response for the ID shows the
    // ICCID.
    let known: HashSet<String> = outcome
        .iccids()
        .map(|iccid| sim_number(iccid).to_owned())
        .collect();
    let (same, other): (Vec<&str>, Vec<&str>) = iccids
        .into_iter()
        .partition(|iccid| known.contains(sim_number(iccid)));
    let rest = batch.run(other.into_iter().map(item).collect()).await;
    outcome.add(rest);
    outcome.add_done(same);
    outcome
}

/// Unmaps SIMs from the listing of a connector.
pub(super) async fn unmap<'a>(
    client: &Client,
    operation: &Operation,
    connector: &'a str,
    sims: &[&'a Sim],
) -> Outcome<'a> {
    let goal = Goal::UnmappedFrom(connector);
    let item = |sim: &&'a Sim| Item {
        spelling: sim.id.as_str(),
        sim: Some(*sim),
    };
    let batch = Batch::new(client, operation, goal, true, sims.len());
    batch.run(sims.iter().map(item).collect()).await
}
