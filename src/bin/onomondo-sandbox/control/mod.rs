//! `/_sandbox/`: tests use it to set up and inspect the sandbox. It needs no key. The rate limit,
//! the faults and the log do not apply to it.
//!
//! - [`whole`]: state, faults, quirks, rate limit and log of the sandbox.
//! - [`clock`]: the API's clock.
//! - [`connectors`], [`sims`], [`tags`]: changes to the account by someone else.
//! - [`refused`]: errors for control requests that cannot be carried out.

mod clock;
mod connectors;
mod refused;
mod sims;
mod tags;
mod whole;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, patch, post, put};

use self::refused::Refused;
use crate::sandbox::Sandbox;

/// All routes under `/_sandbox`.
pub(crate) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/state", get(whole::state))
        .route("/reset", post(whole::reset))
        .route(
            "/faults",
            post(whole::add_faults).delete(whole::clear_faults),
        )
        .route("/quirks", put(whole::set_quirks))
        .route(
            "/clock",
            get(clock::read).put(clock::set).post(clock::advance),
        )
        .route("/rate-limit", put(whole::set_rate_limit))
        .route(
            "/requests",
            get(whole::requests).delete(whole::clear_requests),
        )
        .route(
            "/connectors/{name}",
            put(connectors::put)
                .patch(connectors::patch)
                .delete(connectors::delete),
        )
        .route(
            "/connectors/{name}/secrets/{secret}",
            patch(connectors::patch_secret),
        )
        .route("/tags", put(tags::put))
        .route("/sims", put(sims::put).delete(sims::delete))
        .route(
            "/sims/{id}",
            put(sims::put_one)
                .patch(sims::patch_one)
                .delete(sims::delete_one),
        )
        .fallback(|| async { Refused(StatusCode::NOT_FOUND, "no such control".to_owned()) })
}
