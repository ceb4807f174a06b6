//! The tfplugin6 service of the real binary, driven over gRPC: what the CLI never sends, and what it
//! sends when things go wrong. What it does in the ordinary way is in `tests/cli/`.

// In a test a panic is how a failure is told; Clippy knows that of `#[test]` functions alone.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod body;
mod bytes;
mod client;
mod data;
mod documentation;
mod list;
mod rpcs;
mod schema;
mod sessions;
mod stop;
mod trust;
