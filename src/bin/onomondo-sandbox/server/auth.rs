//! Checks the API key in `Authorization`, which must not follow a scheme word.
//!
//! Onomondo answers 401 to `Authorization: Bearer <key>`, although its reference prints that form.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use secrecy::{ExposeSecret, SecretString};

use crate::error::ApiError;

/// The accepted keys.
#[derive(Debug)]
pub(crate) struct Keys {
    /// The only accepted key, or `None` to accept any.
    only: Option<SecretString>,
}

impl Keys {
    pub(crate) fn new(only: Option<SecretString>) -> Self {
        Self { only }
    }

    fn accept(&self, headers: &HeaderMap) -> bool {
        let Some(key) = headers
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
        else {
            return false;
        };
        match &self.only {
            Some(only) => key == only.expose_secret(),
            None => !key.is_empty() && !has_scheme(key),
        }
    }
}

fn has_scheme(key: &str) -> bool {
    key.get(..6)
        .is_some_and(|word| word.eq_ignore_ascii_case("bearer"))
}

/// The layer that refuses requests without an accepted key.
pub(crate) async fn require_key(
    State(keys): State<Arc<Keys>>,
    request: Request,
    next: Next,
) -> Response {
    if keys.accept(request.headers()) {
        next.run(request).await
    } else {
        ApiError::Unauthorized.into_response()
    }
}
