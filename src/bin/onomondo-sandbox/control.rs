//! `/_sandbox/`: what tests turn and look at. No key, no rate limit, no fault, no log.

use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::connector::Connector;
use crate::error::ApiError;
use crate::faults::{Faults, Rule};
use crate::quirks::Quirks;
use crate::rate_limit::{Limit, RateLimit};
use crate::sandbox::{Sandbox, locked};
use crate::secret::{Fingerprint, Secret};
use crate::tags::Tag;

type Shared = State<Arc<Sandbox>>;

/// Every route under `/_sandbox`.
pub(crate) fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/state", get(state))
        .route("/reset", post(reset))
        .route("/faults", post(add_faults).delete(clear_faults))
        .route("/quirks", put(set_quirks))
        .route("/rate-limit", put(set_rate_limit))
        .route("/requests", get(requests).delete(clear_requests))
        .route(
            "/connectors/{name}",
            put(put_connector)
                .patch(patch_connector)
                .delete(delete_connector),
        )
        .route("/connectors/{name}/secrets/{secret}", patch(patch_secret))
        .route("/tags", put(put_tags))
        .route("/sims", put(put_sims).delete(delete_sims))
        .fallback(|| async { Refused(StatusCode::NOT_FOUND, "no such control".to_owned()) })
}

/// A control that could not be carried out: always a mistake of the test.
struct Refused(StatusCode, String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "error": "control_refused", "message": self.1 });
        (self.0, Json(body)).into_response()
    }
}

impl Refused {
    fn no_connector(name: &str) -> Self {
        Self(StatusCode::NOT_FOUND, format!("no connector `{name}`"))
    }
}

/// A JSON body, whose refusal says which member is wrong.
struct Body<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Refused> {
        Json::from_request(request, state)
            .await
            .map(|Json(body)| Self(body))
            .map_err(|rejection: JsonRejection| Refused(rejection.status(), rejection.body_text()))
    }
}

/// The whole account, secrets as their SHA-256, and the faults that are still to come: what `--seed`
/// begins with.
async fn state(State(sandbox): Shared) -> Json<Value> {
    let account = locked(&sandbox.account);
    Json(json!({
        "connectors": account.connectors,
        "tags": account.tags,
        "sims": account.sims,
        "quirks": account.quirks,
        "faults": locked(&sandbox.faults).rules(),
    }))
}

async fn reset(State(sandbox): Shared) {
    sandbox.reset();
}

async fn add_faults(State(sandbox): Shared, Body(rules): Body<Vec<Rule>>) -> Result<(), Refused> {
    locked(&sandbox.faults)
        .add(rules)
        .map_err(|problem| Refused(StatusCode::BAD_REQUEST, problem))
}

async fn clear_faults(State(sandbox): Shared) {
    *locked(&sandbox.faults) = Faults::default();
}

/// Replaces all quirks: those left out are off.
async fn set_quirks(State(sandbox): Shared, Body(quirks): Body<Quirks>) {
    locked(&sandbox.account).quirks = quirks;
}

/// A new limit, with a new window.
async fn set_rate_limit(State(sandbox): Shared, Body(limit): Body<Limit>) {
    *locked(&sandbox.rate_limit) = RateLimit::new(limit);
}

async fn requests(State(sandbox): Shared) -> Json<Value> {
    let log = locked(&sandbox.log);
    Json(log.entries().map(|entry| json!(entry)).collect())
}

async fn clear_requests(State(sandbox): Shared) {
    locked(&sandbox.log).clear();
}

/// Creates the connector, or replaces it where it stands: as somebody else left it, any type, any
/// options, secrets among them.
async fn put_connector(
    State(sandbox): Shared,
    Path(name): Path<String>,
    Body(mut body): Body<Map<String, Value>>,
) -> Result<(), Refused> {
    body.insert("name".to_owned(), name.into());
    let mut connector: Connector = serde_json::from_value(body.into())
        .map_err(|error| Refused(StatusCode::BAD_REQUEST, error.to_string()))?;
    let mut account = locked(&sandbox.account);
    connector.take_secrets(&mut account.clock);
    match account.index(&connector.name) {
        Some(index) => account.connectors[index] = connector,
        None => account.connectors.push(connector),
    }
    Ok(())
}

/// The API's own PATCH, by somebody else.
async fn patch_connector(
    State(sandbox): Shared,
    Path(name): Path<String>,
    Body(body): Body<Map<String, Value>>,
) -> Result<Json<Value>, ApiError> {
    locked(&sandbox.account).update(&name, &body).map(Json)
}

/// Removes the connector, mapped or not; its SIMs are mapped to none then.
async fn delete_connector(State(sandbox): Shared, Path(name): Path<String>) -> Result<(), Refused> {
    let mut account = locked(&sandbox.account);
    let index = account
        .index(&name)
        .ok_or_else(|| Refused::no_connector(&name))?;
    account.connectors.remove(index);
    account.unmap(&name);
    Ok(())
}

/// The new value of a secret; null unsets it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewValue {
    value: Option<String>,
}

async fn patch_secret(
    State(sandbox): Shared,
    Path((name, secret)): Path<(String, String)>,
    Body(new): Body<NewValue>,
) -> Result<(), Refused> {
    let mut account = locked(&sandbox.account);
    let index = account
        .index(&name)
        .ok_or_else(|| Refused::no_connector(&name))?;
    let last_updated_at = account.clock.next();
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

/// Replaces all tags of the account.
async fn put_tags(State(sandbox): Shared, Body(tags): Body<Vec<Tag>>) {
    locked(&sandbox.account).tags = tags;
}

/// How many SIMs are to be mapped to a connector.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapping {
    connector: String,
    count: usize,
}

/// Maps exactly `count` SIMs to the connector: those that were are unmapped, and new ones made.
async fn put_sims(State(sandbox): Shared, Body(mapping): Body<Mapping>) -> Result<(), Refused> {
    let mut account = locked(&sandbox.account);
    if account.index(&mapping.connector).is_none() {
        return Err(Refused::no_connector(&mapping.connector));
    }
    account.unmap(&mapping.connector);
    account.add_sims(mapping.count, |_| Some(mapping.connector.clone()));
    Ok(())
}

/// Which SIMs are to be unmapped.
#[derive(Deserialize)]
struct Mapped {
    connector: String,
}

async fn delete_sims(State(sandbox): Shared, Query(mapped): Query<Mapped>) {
    locked(&sandbox.account).unmap(&mapped.connector);
}
