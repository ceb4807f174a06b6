//! The routes and their layers.

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use uuid::Uuid;

use crate::sandbox::Sandbox;
use crate::{api, control, faults, server};

/// The API with its layers, and `/_sandbox/` without them.
pub(crate) fn router(sandbox: Sandbox) -> Router {
    let Sandbox {
        clock,
        keys,
        account,
        faults,
        rate_limit,
        log,
        ..
    } = sandbox.clone();
    // A request passes through the last layer first.
    let api = api::routes()
        .with_state(account.clone())
        .layer(from_fn_with_state(keys, server::require_key))
        .layer(from_fn_with_state(faults, faults::inject))
        .layer(from_fn_with_state(
            (rate_limit, clock.clone()),
            server::limit,
        ))
        .layer(from_fn(identify))
        .layer(from_fn_with_state((clock, account), server::date))
        .layer(from_fn(faults::edit_headers))
        .layer(from_fn_with_state(log, server::record));
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
