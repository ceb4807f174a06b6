//! What somebody else does to SIMs.

use axum::extract::{Query, State};
use serde::Deserialize;

use super::refused::{Body, Refused};
use crate::sandbox::Sandbox;

/// How many SIMs are to be mapped to a connector.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    connector: String,
    count: usize,
}

/// Maps exactly `count` SIMs to the connector: those that were are unmapped, and new ones made.
pub(super) async fn put(
    State(sandbox): State<Sandbox>,
    Body(mapping): Body<Mapping>,
) -> Result<(), Refused> {
    let mut account = sandbox.account.lock();
    if account.index(&mapping.connector).is_none() {
        return Err(Refused::no_connector(&mapping.connector));
    }
    account.unmap(&mapping.connector);
    account.add_sims(mapping.count, |_| Some(mapping.connector.clone()));
    Ok(())
}

/// Which SIMs are to be unmapped.
#[derive(Deserialize)]
pub(super) struct Mapped {
    connector: String,
}

pub(super) async fn delete(State(sandbox): State<Sandbox>, Query(mapped): Query<Mapped>) {
    sandbox.account.lock().unmap(&mapped.connector);
}
