//! What is told when a call fails. Every text is redacted where it enters.
//!
//! - `error`: why a call failed. `exchange`: what became of its request.
//! - `reason`: what the API says when it refuses. `body_problem`: why an answer cannot be read.
//! - `redact`: texts without secrets. `body_log`: bodies as the log shows them.

pub(super) mod body_log;
pub(super) mod body_problem;
pub(super) mod error;
pub(super) mod exchange;
pub(super) mod reason;
pub(super) mod redact;
