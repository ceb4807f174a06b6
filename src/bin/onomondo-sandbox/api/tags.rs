//! `GET /tags/search/tags`

use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use serde_json::json;

use super::query;
use crate::account::{Listed, Tag, text};
use crate::error::ApiError;
use crate::shared::Shared;

/// Onomondo's own default is not known. A low one reveals clients that read only the first page.
const DEFAULT_LIMIT: usize = 20;

/// `GET /tags/search/tags`
pub(super) async fn search(
    State(account): State<Shared<Listed>>,
    RawQuery(query): RawQuery,
) -> Result<impl IntoResponse, ApiError> {
    let (mut limit, mut offset) = (DEFAULT_LIMIT, 0);
    for (name, value) in query::parameters(query.as_deref()) {
        match name.as_str() {
            "limit" => limit = query::limit(&value)?,
            "offset" => offset = query::offset(&value)?,
            _ => {}
        }
    }
    let account = account.lock();
    let result: Vec<&Tag> = account.tags.iter().skip(offset).take(limit).collect();
    let body = text(&json!({
        "count": result.len(),
        "limit": limit,
        "offset": offset,
        "total": account.tags.len(),
        "result": result,
    }));
    Ok(([(CONTENT_TYPE, "application/json")], body))
}
