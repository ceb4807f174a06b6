//! Changes to SIMs by someone else.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::refused::{Body, Refused};
use crate::account::Sim;
use crate::error::ApiError;
use crate::sandbox::Sandbox;

/// The number of SIMs to map to a connector.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mapping {
    connector: String,
    count: usize,
}

/// Maps exactly `count` SIMs to the connector. Unmaps its previous SIMs and makes new ones.
pub(super) async fn put(
    State(sandbox): State<Sandbox>,
    Body(mapping): Body<Mapping>,
) -> Result<(), Refused> {
    let mut account = sandbox.account.lock();
    if account.index(&mapping.connector).is_none() {
        return Err(Refused::no_connector(&mapping.connector));
    }
    account.remap(&mapping.connector, None);
    account.add_sims(mapping.count, |_, sim| {
        sim.connector = Some(mapping.connector.clone());
    });
    Ok(())
}

/// Creates the SIM, or replaces it in place, as if someone else had done so. If omitted, the ICCID
/// is derived from the ID.
pub(super) async fn put_one(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    Body(mut body): Body<Map<String, Value>>,
) -> Result<(), Refused> {
    body.entry("iccid")
        .or_insert_with(|| format!("8945730000{id}").into());
    body.insert("id".to_owned(), id.into());
    let sim: Sim = serde_json::from_value(body.into())
        .map_err(|error| Refused(StatusCode::BAD_REQUEST, error.to_string()))?;
    let mut account = sandbox.account.lock();
    match account.sim_index(&sim.id) {
        Some(index) => account.sims[index] = sim,
        None => account.sims.push(sim),
    }
    Ok(())
}

/// Runs the API's own PATCH on behalf of someone else.
pub(super) async fn patch_one(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
    Body(body): Body<Map<String, Value>>,
) -> Result<Json<Value>, ApiError> {
    sandbox.account.lock().change_sim(&id, &body).map(Json)
}

/// Removes the SIM from the account.
pub(super) async fn delete_one(
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<(), Refused> {
    let mut account = sandbox.account.lock();
    let index = account
        .sim_index(&id)
        .ok_or_else(|| Refused(StatusCode::NOT_FOUND, format!("no SIM `{id}`")))?;
    account.sims.remove(index);
    Ok(())
}

/// The SIMs to unmap.
#[derive(Deserialize)]
pub(super) struct Mapped {
    connector: String,
}

pub(super) async fn delete(State(sandbox): State<Sandbox>, Query(mapped): Query<Mapped>) {
    sandbox.account.lock().remap(&mapped.connector, None);
}
