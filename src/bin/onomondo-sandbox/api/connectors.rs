//! `GET`, `POST`, `PATCH` and `DELETE` of connectors.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::query;
use crate::account::{Listed, Question, text};
use crate::error::ApiError;
use crate::schema;
use crate::shared::Shared;

/// `GET /connectors`. Onomondo documents no parameters. If the list has pages, the parameters of
/// the API's other lists work. All others are ignored.
pub(super) async fn list(
    State(account): State<Shared<Listed>>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let mut question = Question::default();
    for (name, value) in query::parameters(query.as_deref()) {
        match name.as_str() {
            "limit" => question.limit = Some(query::limit(&value)?),
            "offset" => question.offset = query::offset(&value)?,
            "next_page" => question.offset = query::next_page(&value)?,
            _ => {}
        }
    }
    let body = account.lock().list(question);
    Ok(([(CONTENT_TYPE, "application/json")], body))
}

/// `POST /connectors`: 200, not 201, as documented.
pub(super) async fn create(
    State(account): State<Shared<Listed>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = schema::object(&headers, &body)?;
    let mut account = account.lock();
    let answer = account.create(&body)?;
    Ok(written(&answer, account.quirks.empty_write_body))
}

/// `PATCH /connectors/{connector_name}`
pub(super) async fn update(
    State(account): State<Shared<Listed>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let body = schema::object(&headers, &body)?;
    let mut account = account.lock();
    let answer = account.update(&name, &body)?;
    Ok(written(&answer, account.quirks.empty_write_body))
}

/// `DELETE /connectors/{connector_name}`
pub(super) async fn delete(
    State(account): State<Shared<Listed>>,
    Path(name): Path<String>,
) -> Result<Json<Value>, ApiError> {
    account.lock().delete(&name)?;
    Ok(Json(json!({ "message": "OK" })))
}

fn written(answer: &Value, empty_body: bool) -> Response {
    if empty_body {
        StatusCode::OK.into_response()
    } else {
        ([(CONTENT_TYPE, "application/json")], text(answer)).into_response()
    }
}
