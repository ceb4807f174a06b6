//! Changes to tags by someone else.

use axum::extract::State;

use super::refused::Body;
use crate::account::Tag;
use crate::sandbox::Sandbox;

/// Replaces all tags of the account.
pub(super) async fn put(State(sandbox): State<Sandbox>, Body(tags): Body<Vec<Tag>>) {
    sandbox.account.lock().tags = tags;
}
