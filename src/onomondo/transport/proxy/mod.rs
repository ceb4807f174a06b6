//! The proxy for requests, by the rules of Go's `net/http`, which the CLI uses.
//!
//! - `environment`: the variable that names a proxy for an address.
//! - `address`: the value of such a variable.
//! - `exceptions`: `NO_PROXY`.
//! - `fuzz`: the entry point for `crate::fuzz`.
//!
//! The API's address is HTTPS or on loopback, and loopback never uses a proxy. So of Go's
//! variables, only `HTTPS_PROXY` and `NO_PROXY` matter. Like Go, this ignores `ALL_PROXY`.

mod address;
mod environment;
mod exceptions;
#[cfg(all(target_os = "linux", any(test, fuzzing)))]
pub(super) mod fuzz;

pub(super) use address::Proxy;
pub(super) use environment::{ProxyError, from_environment};
