//! Sends requests. Every call passes through `send`, the only way to the network.
//!
//! - `request`: a request to the API.
//! - `send`: attempts, waits and logs of one request, until there is an answer.
//! - `attempt`: one attempt, and its answer. `success`: a successful answer.
//! - `retry`: decides whether to retry a failed request, and how long its own waits are.
//! - `retry_after`: reads the wait that the API asks for. `rate_limit` does the waiting.
//! - `patience`: how long to retry if the API does not answer. `reach`: whether the API answers,
//!   judged by all requests.
//! - `rate_limit`: the pace of all requests, and the wait of every request after a 429.
//! - `operation`: the time limit of one operation, and its interrupt.
//! - `http_client`: the HTTP library, configured for this API.
//! - `dns`, `proxy`, `trust`: name resolution, proxies and trusted certificates.
//! - `no_answer`: the error for a request without a complete answer, and its cause.
//! - `fuzz`: the entry point for `crate::fuzz`.

pub(super) mod attempt;
mod dns;
#[cfg(all(target_os = "linux", any(test, fuzzing)))]
pub(super) mod fuzz;
pub(super) mod http_client;
mod no_answer;
pub(super) mod operation;
mod patience;
mod proxy;
pub(super) mod rate_limit;
pub(super) mod reach;
pub(super) mod request;
pub(super) mod retry;
mod retry_after;
pub(super) mod send;
pub(super) mod success;
mod trust;
