//! Changes to connectors by someone else.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::refused::{Body, Refused};
use crate::account::{Connector, Fingerprint, Secret};
use crate::error::ApiError;
use crate::sandbox::Sandbox;

/// Creates the connector, or replaces it in place, as if someone else had done so. Accepts any type
/// and any options, including secrets.
pub(super) async fn put(
    State(sandbox): State<Sandbox>,
    Path(name): Path<String>,
    Body(mut body): Body<Map<String, Value>>,
) -> Result<(), Refused> {
    body.insert("name".to_owned(), name.into());
    let mut connector: Connector = serde_json::from_value(body.into())
        .map_err(|error| Refused(StatusCode::BAD_REQUEST, error.to_string()))?;
    let mut account = sandbox.account.lock();
    connector.take_secrets(&mut account.stamps);
    match account.index(&connector.name) {
        Some(index) => account.connectors[index] = connector,
        None => account.connectors.push(connector),
    }
    Ok(())
}

/// Runs the API's own PATCH on behalf of someone else.
pub(super) async fn patch(
    State(sandbox): State<Sandbox>,
    Path(name): Path<String>,
    Body(body): Body<Map<String, Value>>,
) -> Result<Json<Value>, ApiError> {
    sandbox.account.lock().update(&name, &body).map(Json)
}

/// Removes the connector, even if SIMs are mapped to it. They are mapped to none afterwards.
pub(super) async fn delete(
    State(sandbox): State<Sandbox>,
    Path(name): Path<String>,
) -> Result<(), Refused> {
    let mut account = sandbox.account.lock();
    let index = account
        .index(&name)
        .ok_or_else(|| Refused::no_connector(&name))?;
    account.connectors.remove(index);
    account.remap(&name, None);
    Ok(())
}

/// The new value of a secret. Null unsets it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewValue {
    value: Option<String>,
}

pub(super) async fn patch_secret(
    State(sandbox): State<Sandbox>,
    Path((name, secret)): Path<(String, String)>,
    Body(new): Body<NewValue>,
) -> Result<(), Refused> {
    let mut account = sandbox.account.lock();
    let index = account
        .index(&name)
        .ok_or_else(|| Refused::no_connector(&name))?;
    let last_updated_at = account.stamps.next();
    let stored = account.connectors[index]
        .secrets
        .get_mut(&secret)
        .ok_or_else(|| {
            let message = format!("`{name}` has no secret `{secret}`");
            Refused(StatusCode::NOT_FOUND, message)
        })?;
    *stored = Secret {
        sha256: new.value.as_deref().map(Fingerprint::of),
        last_updated_at,
    };
    Ok(())
}
