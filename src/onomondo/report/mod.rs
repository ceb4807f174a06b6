//! Errors and logs of calls. Every text is redacted on entry.
//!
//! - `error`: why a call failed. `exchange`: facts about its request.
//! - `reason`: the API's words in a refusal. `body_problem`: why an answer cannot be read.
//! - `redact`: removes secrets from texts. `body_log`: bodies in the log.

pub(super) mod body_log;
pub(super) mod body_problem;
pub(super) mod error;
pub(super) mod exchange;
pub(super) mod reason;
pub(super) mod redact;
