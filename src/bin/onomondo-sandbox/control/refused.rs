//! Errors for control requests that cannot be carried out, with bodies that say why.

use axum::Json;
use axum::extract::FromRequest;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::json;

/// The error for a control request that cannot be carried out. It is always a mistake in the test.
pub(super) struct Refused(pub(super) StatusCode, pub(super) String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = json!({ "error": "control_refused", "message": self.1 });
        (self.0, Json(body)).into_response()
    }
}

impl Refused {
    pub(super) fn no_connector(name: &str) -> Self {
        Self(StatusCode::NOT_FOUND, format!("no connector `{name}`"))
    }
}

/// A JSON body. Its error names the faulty member.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: axum::extract::Request, state: &S) -> Result<Self, Refused> {
        Json::from_request(request, state)
            .await
            .map(|Json(body)| Self(body))
            .map_err(|rejection: JsonRejection| Refused(rejection.status(), rejection.body_text()))
    }
}
