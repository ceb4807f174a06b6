//! The operations that Onomondo documents, one file per resource. A single connector has no GET.

mod connectors;
mod query;
mod sims;
mod tags;

use axum::Router;
use axum::extract::Request;
use axum::routing::{get, patch};

use crate::account::Listed;
use crate::error::ApiError;
use crate::shared::Shared;

/// All operations of the sandbox.
pub(crate) fn routes() -> Router<Shared<Listed>> {
    Router::new()
        .route(
            "/connectors",
            get(connectors::list).post(connectors::create),
        )
        .route(
            "/connectors/{name}",
            patch(connectors::update).delete(connectors::delete),
        )
        .route("/sims", get(sims::list))
        .route("/sims/{id}", get(sims::read).patch(sims::update))
        .route("/tags/search/tags", get(tags::search))
        .fallback(no_such_operation)
        .method_not_allowed_fallback(no_such_operation)
}

async fn no_such_operation(request: Request) -> ApiError {
    ApiError::NoSuchOperation {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
    }
}
