//! Parses a query strictly: only parameters of the operation are allowed.

use url::form_urlencoded;

use crate::account::RESPONSE_LIMIT;
use crate::error::ApiError;

/// The parameters, in order.
pub(super) fn parameters(query: Option<&str>) -> Vec<(String, String)> {
    form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect()
}

/// Parses `limit`, which can be at most the maximum number of entries in one answer.
pub(super) fn limit(text: &str) -> Result<usize, ApiError> {
    text.parse()
        .ok()
        .filter(|limit| (1..=RESPONSE_LIMIT).contains(limit))
        .ok_or_else(|| ApiError::invalid("limit", "must be a whole number from 1 to 1000"))
}

/// Parses `offset`, the number of entries to skip.
pub(super) fn offset(text: &str) -> Result<usize, ApiError> {
    text.parse()
        .map_err(|_| ApiError::invalid("offset", "must be a whole number, 0 or more"))
}

/// Parses `next_page`, copied from an earlier answer.
pub(super) fn next_page(text: &str) -> Result<usize, ApiError> {
    text.parse()
        .map_err(|_| ApiError::invalid("next_page", "must come from an earlier answer"))
}
