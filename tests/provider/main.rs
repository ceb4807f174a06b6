//! The tfplugin6 service of the real binary, driven over gRPC: requests that the CLI never sends,
//! and requests when things go wrong. `tests/cli/` covers ordinary use.

// Tests report failures by panicking. Clippy allows that only in `#[test]` functions.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod body;
mod bytes;
mod client;
mod data;
mod documentation;
#[cfg(unix)]
mod environment;
mod list;
mod rpcs;
mod schema;
mod sessions;
mod stop;
mod trust;
