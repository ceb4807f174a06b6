//! One request: every call passes through `send`, the only way to the network.
//!
//! - `request`: what is asked of the API.
//! - `send`: attempts, waits and logs of one request, until there is an answer.
//! - `attempt`: one request on the wire, and the answer to it.
//! - `http_client`: the HTTP library, set up as this API needs it.
//! - `retry`: whether a failed request is sent again, and when.
//! - `pace`: how fast requests leave this process.
//! - `operation`: how long one operation may take, and what ends it early.

pub(super) mod attempt;
pub(super) mod http_client;
pub(super) mod operation;
pub(super) mod pace;
pub(super) mod request;
pub(super) mod retry;
pub(super) mod send;
