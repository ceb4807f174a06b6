//! The proxy that requests go through, by the rules of Go's `net/http`, which are those of the CLI.
//!
//! - `environment`: which variable names a proxy, and whether it is for this address.
//! - `address`: the value of such a variable.
//! - `exceptions`: `NO_PROXY`.
//! - `fuzz`: a way in for `crate::fuzz`.
//!
//! The API is asked over HTTPS, or on loopback, to which no proxy ever leads: of Go's variables only
//! `HTTPS_PROXY` and `NO_PROXY` matter here. Like Go, nothing here reads `ALL_PROXY`.

mod address;
mod environment;
mod exceptions;
#[cfg(all(target_os = "linux", any(test, fuzzing)))]
pub(super) mod fuzz;

pub(super) use address::Proxy;
pub(super) use environment::{ProxyError, from_environment};
