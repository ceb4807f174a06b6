//! Which path goes where, and through which layers.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use uuid::Uuid;

use crate::sandbox::Sandbox;
use crate::{api, auth, control, faults, log, rate_limit};

/// The API behind its layers, and `/_sandbox/` beside them.
pub(crate) fn router(sandbox: Arc<Sandbox>) -> Router {
    // The last layer is the first that a request meets.
    let api = api::routes()
        .layer(from_fn_with_state(sandbox.clone(), auth::require_key))
        .layer(from_fn_with_state(sandbox.clone(), faults::inject))
        .layer(from_fn_with_state(sandbox.clone(), rate_limit::limit))
        .layer(from_fn(identify))
        .layer(from_fn(faults::edit_headers))
        .layer(from_fn_with_state(sandbox.clone(), log::record))
        .with_state(sandbox.clone());
    Router::new()
        .nest("/_sandbox", control::routes().with_state(sandbox))
        .fallback_service(api)
}

/// The layer that gives each answer an `x-request-id`.
async fn identify(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::try_from(Uuid::new_v4().to_string()) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}
