//! Other networks: proxies, name servers and firewalls between the provider and the API.
//!
//! These tests drive the real binary over gRPC, against the sandbox over HTTPS. The proxies and
//! name servers are part of the tests. Tests of name resolution need a network namespace, which
//! only root can make.

#![cfg(target_os = "linux")]
// Tests report failures by panicking. Clippy allows that only in `#[test]` functions.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod client;
mod dns;
mod http2;
mod namespace;
mod pace;
mod proxies;
mod trust;
