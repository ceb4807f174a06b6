//! The operations on connectors, and the routes of everything that needs a key.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::error::ApiError;
use crate::sandbox::{Sandbox, locked};
use crate::{sims, tags, validate};

/// Every operation that the sandbox has; there is no GET of a single connector.
pub(crate) fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/connectors", get(list).post(create))
        .route("/connectors/{name}", patch(update).delete(delete))
        .route("/sims", get(sims::list))
        .route("/sims/{id}", patch(sims::update))
        .route("/tags/search/tags", get(tags::search))
        .fallback(no_such_operation)
        .method_not_allowed_fallback(no_such_operation)
}

/// `GET /connectors`
async fn list(State(sandbox): State<Arc<Sandbox>>) -> impl IntoResponse {
    let body = locked(&sandbox.account).list();
    ([(CONTENT_TYPE, "application/json")], body)
}

/// `POST /connectors`: 200, not 201, as documented.
async fn create(
    State(sandbox): State<Arc<Sandbox>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = validate::object(&headers, &body)?;
    let mut account = locked(&sandbox.account);
    let answer = account.create(&body)?;
    Ok(written(answer, account.quirks.empty_write_body))
}

/// `PATCH /connectors/{connector_name}`
async fn update(
    State(sandbox): State<Arc<Sandbox>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = validate::object(&headers, &body)?;
    let mut account = locked(&sandbox.account);
    let answer = account.update(&name, &body)?;
    Ok(written(answer, account.quirks.empty_write_body))
}

/// `DELETE /connectors/{connector_name}`
async fn delete(
    State(sandbox): State<Arc<Sandbox>>,
    Path(name): Path<String>,
) -> Result<Json<Value>, ApiError> {
    locked(&sandbox.account).delete(&name)?;
    Ok(Json(json!({ "message": "OK" })))
}

async fn no_such_operation(request: Request) -> ApiError {
    ApiError::NoSuchOperation {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
    }
}

fn written(answer: Value, empty_body: bool) -> Response {
    if empty_body {
        StatusCode::OK.into_response()
    } else {
        Json(answer).into_response()
    }
}
