//! The API's answers to requests that it refuses.
//!
//! Only one error body of Onomondo is known byte for byte: `{"error":"tag_already_on_sim"}`, an
//! object with a code in snake case. The sandbox keeps that form and adds a `message` that names
//! the faulty member.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// The reason for a refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ApiError {
    /// The key is missing, is wrong, or follows the word `Bearer`.
    #[error("the API key is missing or wrong; send it alone, without `Bearer`")]
    Unauthorized,
    /// The window already has as many requests as the rate limit allows.
    #[error("more requests than the rate limit allows")]
    RateLimited,
    /// There is no operation with this method and path.
    #[error("there is no `{method} {path}`")]
    NoSuchOperation {
        /// The method of the request.
        method: String,
        /// The path of the request, without query.
        path: String,
    },
    /// The body is not JSON, is not an object, or has unknown members.
    #[error("{0}")]
    Body(String),
    /// The content type of the body is not JSON.
    #[error("the `Content-Type` must be `application/json`")]
    ContentType,
    /// A member or parameter is missing, has the wrong type or is out of range.
    #[error("`{member}` {problem}")]
    Invalid {
        /// The path of the member: `options.port`, `tags[0]`.
        member: String,
        /// The rule that it breaks, as the end of a sentence.
        problem: String,
    },
    /// The account does not have this tag.
    #[error("`{member}`: the account has no tag `{id}`")]
    UnknownTag {
        /// The path of the member.
        member: String,
        /// The ID in the request.
        id: String,
    },
    /// The account may not use this connector type.
    #[error("the type `{0}` is not available")]
    TypeNotAvailable(String),
    /// There is no connector of this name, or the key cannot see it.
    #[error("there is no connector `{0}`")]
    ConnectorNotFound(String),
    /// The name is taken.
    #[error("a connector `{0}` already exists")]
    ConnectorExists(String),
    /// SIMs are still mapped to the connector.
    #[error("the connector `{name}` is still mapped to {sims} SIMs")]
    ConnectorMapped {
        /// The name of the connector.
        name: String,
        /// The number of SIMs mapped to it.
        sims: usize,
    },
    /// There is no SIM with this ID or ICCID.
    #[error("there is no SIM `{0}`")]
    SimNotFound(String),
}

impl ApiError {
    /// The error for a member that breaks the schema. `problem` ends the sentence.
    pub(crate) fn invalid(member: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Invalid {
            member: member.into(),
            problem: problem.into(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::NoSuchOperation { .. } | Self::ConnectorNotFound(_) | Self::SimNotFound(_) => {
                StatusCode::NOT_FOUND
            }
            Self::ConnectorExists(_) => StatusCode::CONFLICT,
            Self::ConnectorMapped { .. } => StatusCode::FORBIDDEN,
            Self::Body(_)
            | Self::ContentType
            | Self::Invalid { .. }
            | Self::UnknownTag { .. }
            | Self::TypeNotAvailable(_) => StatusCode::BAD_REQUEST,
        }
    }

    fn code(&self) -> String {
        match self {
            Self::Unauthorized => "unauthorized".to_owned(),
            Self::RateLimited => "rate_limit_exceeded".to_owned(),
            Self::NoSuchOperation { .. } => "not_found".to_owned(),
            Self::Body(_) => "body_invalid".to_owned(),
            Self::ContentType => "content_type_invalid".to_owned(),
            Self::Invalid { member, .. } => {
                let outermost = member.split(['.', '[']).next().unwrap_or(member);
                format!("{outermost}_invalid")
            }
            Self::UnknownTag { .. } => "tag_not_found".to_owned(),
            Self::TypeNotAvailable(_) => "type_not_available".to_owned(),
            Self::ConnectorNotFound(_) => "connector_not_found".to_owned(),
            Self::ConnectorExists(_) => "connector_already_exists".to_owned(),
            Self::ConnectorMapped { .. } => "connector_mapped".to_owned(),
            Self::SimNotFound(_) => "sim_not_found".to_owned(),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.code(), "message": self.to_string() });
        (self.status(), Json(body)).into_response()
    }
}
