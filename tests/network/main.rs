//! Other people's networks: what lies between the provider and the API.
//!
//! The real binary, asked over gRPC, against the sandbox over HTTPS; proxies and name servers are the
//! tests' own. Names are resolved in a network namespace that only root can make.

#![cfg(target_os = "linux")]
// In a test a panic is how a failure is told; Clippy knows that of `#[test]` functions alone.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod client;
mod dns;
mod http2;
mod namespace;
mod proxies;
mod trust;
