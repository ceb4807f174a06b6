//! Controls the API's clock.

use std::time::SystemTime;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::refused::{Body, Refused};
use crate::sandbox::Sandbox;

/// The API's current time.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Now {
    now: String,
}

/// The time by which to move the clock forward, or back if negative.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    seconds: i64,
}

pub(super) async fn read(State(sandbox): State<Sandbox>) -> Json<Value> {
    Json(told(sandbox.clock.time()))
}

/// Sets the clock, which continues from there.
pub(super) async fn set(
    State(sandbox): State<Sandbox>,
    Body(Now { now }): Body<Now>,
) -> Result<Json<Value>, Refused> {
    let moment = humantime::parse_rfc3339(&now).map_err(|_| {
        let message = format!("`{now}` is not a time such as `2024-09-26T09:25:42.898Z`");
        Refused(StatusCode::BAD_REQUEST, message)
    })?;
    sandbox.clock.set(moment);
    Ok(Json(told(sandbox.clock.time())))
}

pub(super) async fn advance(
    State(sandbox): State<Sandbox>,
    Body(Advance { seconds }): Body<Advance>,
) -> Json<Value> {
    sandbox.clock.advance(seconds.saturating_mul(1000));
    Json(told(sandbox.clock.time()))
}

fn told(time: SystemTime) -> Value {
    json!({ "now": humantime::format_rfc3339_millis(time).to_string() })
}
