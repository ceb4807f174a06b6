//! What the API answers when it refuses a request.
//!
//! The one error body of Onomondo's that is known byte for byte is `{"error":"tag_already_on_sim"}`:
//! an object with a code in snake case. The sandbox keeps that form and adds a `message` that names
//! the member at fault.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal, by situation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ApiError {
    /// The key is missing, is not the accepted one, or has `Bearer ` in front.
    #[error("the API key is missing or wrong; it is sent bare, without `Bearer`")]
    Unauthorized,
    /// More requests in the window than the rate limit allows.
    #[error("more requests than the rate limit allows")]
    RateLimited,
    /// No operation under this method and path.
    #[error("there is no `{method} {path}`")]
    NoSuchOperation {
        /// Of the request.
        method: String,
        /// Of the request, without query.
        path: String,
    },
    /// A body that is not JSON, not an object, or has members that no operation knows.
    #[error("{0}")]
    Body(String),
    /// A body that does not say that it is JSON.
    #[error("the `Content-Type` must be `application/json`")]
    ContentType,
    /// A member or parameter that is missing, of another type or out of its range.
    #[error("`{member}` {problem}")]
    Invalid {
        /// Path of the member: `options.port`, `tags[0]`.
        member: String,
        /// What it must be, as the rest of a sentence.
        problem: String,
    },
    /// A tag that the account does not have.
    #[error("`{member}`: the account has no tag `{id}`")]
    UnknownTag {
        /// Path of the member.
        member: String,
        /// As the request gave it.
        id: String,
    },
    /// A connector type that this account may not use.
    #[error("the type `{0}` is not available")]
    TypeNotAvailable(String),
    /// No connector of this name, or none that the key may see.
    #[error("there is no connector `{0}`")]
    ConnectorNotFound(String),
    /// The name is taken.
    #[error("there is a connector `{0}` already")]
    ConnectorExists(String),
    /// SIMs still point at the connector.
    #[error("the connector `{name}` is still mapped to {sims} SIMs")]
    ConnectorMapped {
        /// Of the connector.
        name: String,
        /// How many SIMs point at it.
        sims: usize,
    },
    /// No SIM of this ID or ICCID.
    #[error("there is no SIM `{0}`")]
    SimNotFound(String),
}

impl ApiError {
    /// A member that is not as the schema has it; `problem` ends the sentence.
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
