//! One request: every call passes through `send`, the only way to the network.
//!
//! - `request`: what is asked of the API.
//! - `send`: attempts, waits and logs of one request, until there is an answer.
//! - `attempt`: one request on the wire, and the answer to it. `success`: an answer that is no error.
//! - `retry`: whether a failed request is sent again, and when.
//! - `retry_after`: how long the API asks to wait.
//! - `patience`: how long a request is repeated to an API that is not there. `reach`: whether it is, as all
//!   requests have met it.
//! - `pace`: the rate limit, and the wait of every request after a 429.
//! - `operation`: how long one operation may take, and what ends it early.
//! - `http_client`: the HTTP library, set up as this API needs it.
//! - `dns`, `proxy`, `trust`: what a connection needs, each by the rules of its field.
//! - `lost`: why there is no answer, and whose fault it is.
//! - `fuzz`: a way in for `crate::fuzz`.

pub(super) mod attempt;
mod dns;
#[cfg(all(target_os = "linux", any(test, fuzzing)))]
pub(super) mod fuzz;
pub(super) mod http_client;
mod lost;
pub(super) mod operation;
pub(super) mod pace;
mod patience;
mod proxy;
pub(super) mod reach;
pub(super) mod request;
pub(super) mod retry;
mod retry_after;
pub(super) mod send;
pub(super) mod success;
mod trust;
