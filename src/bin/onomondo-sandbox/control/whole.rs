//! State, faults, quirks, rate limit and log of the sandbox.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::refused::{Body, Refused};
use crate::account::Quirks;
use crate::faults::{Faults, Rule};
use crate::sandbox::Sandbox;
use crate::server::{Limit, RateLimit};

/// The whole account, with secrets as their SHA-256, and the pending faults. `--seed` accepts this
/// form.
pub(super) async fn state(State(sandbox): State<Sandbox>) -> Json<Value> {
    let account = sandbox.account.lock();
    Json(json!({
        "connectors": account.connectors,
        "tags": account.tags,
        "sims": account.sims,
        "quirks": account.quirks,
        "faults": sandbox.faults.lock().rules(),
    }))
}

pub(super) async fn reset(State(sandbox): State<Sandbox>) {
    sandbox.reset();
}

pub(super) async fn add_faults(
    State(sandbox): State<Sandbox>,
    Body(rules): Body<Vec<Rule>>,
) -> Result<(), Refused> {
    sandbox
        .faults
        .lock()
        .add(rules)
        .map_err(|problem| Refused(StatusCode::BAD_REQUEST, problem))
}

pub(super) async fn clear_faults(State(sandbox): State<Sandbox>) {
    *sandbox.faults.lock() = Faults::default();
}

/// Replaces all quirks. Omitted quirks are off.
pub(super) async fn set_quirks(State(sandbox): State<Sandbox>, Body(quirks): Body<Quirks>) {
    sandbox.account.lock().quirks = quirks;
}

/// Sets a new limit, which starts a new window.
pub(super) async fn set_rate_limit(State(sandbox): State<Sandbox>, Body(limit): Body<Limit>) {
    *sandbox.rate_limit.lock() = RateLimit::new(limit);
}

pub(super) async fn requests(State(sandbox): State<Sandbox>) -> Json<Value> {
    let log = sandbox.log.lock();
    Json(log.entries().map(|entry| json!(entry)).collect())
}

pub(super) async fn clear_requests(State(sandbox): State<Sandbox>) {
    sandbox.log.lock().clear();
}
