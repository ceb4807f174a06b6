//! Request bodies in general.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::error::ApiError;

/// Reads a body, which must be a JSON object with a JSON content type.
pub(crate) fn object(headers: &HeaderMap, body: &Bytes) -> Result<Map<String, Value>, ApiError> {
    let is_json = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(';').next() == Some("application/json"));
    if !is_json {
        return Err(ApiError::ContentType);
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(ApiError::Body("the body must be a JSON object".to_owned())),
        Err(_) => Err(ApiError::Body("the body is not JSON".to_owned())),
    }
}

/// Refuses members that the operation does not know.
pub(super) fn only(members: &Map<String, Value>, known: &[&str]) -> Result<(), ApiError> {
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(ApiError::Body(format!("`{unknown}` is not a known member"))),
        None => Ok(()),
    }
}
