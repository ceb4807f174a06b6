//! `GET /tags/search/tags`

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::account::{Listed, Tag};
use crate::error::ApiError;
use crate::shared::Shared;

/// Onomondo's own default is not known; a low one finds clients that read the first page alone.
const DEFAULT_LIMIT: usize = 20;

/// "At most 1000 objects per response", for every endpoint.
const MAXIMUM_LIMIT: usize = 1000;

/// The page that is asked for. Strings, so that a bad number is refused in the API's own form.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    limit: Option<String>,
    offset: Option<String>,
}

/// `GET /tags/search/tags`
pub(super) async fn search(
    State(account): State<Shared<Listed>>,
    Query(page): Query<Page>,
) -> Result<Json<Value>, ApiError> {
    let limit = number(page.limit, DEFAULT_LIMIT)
        .filter(|limit| (1..=MAXIMUM_LIMIT).contains(limit))
        .ok_or_else(|| ApiError::invalid("limit", "must be a whole number from 1 to 1000"))?;
    let offset = number(page.offset, 0)
        .ok_or_else(|| ApiError::invalid("offset", "must be a whole number from 0"))?;
    let account = account.lock();
    let result: Vec<&Tag> = account.tags.iter().skip(offset).take(limit).collect();
    Ok(Json(json!({
        "count": result.len(),
        "limit": limit,
        "offset": offset,
        "total": account.tags.len(),
        "result": result,
    })))
}

fn number(text: Option<String>, default: usize) -> Option<usize> {
    text.map_or(Some(default), |text| text.parse().ok())
}
