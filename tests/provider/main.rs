//! The tfplugin6 service of the real binary, driven over gRPC: what the CLI never sends, and what it
//! sends when things go wrong. What it does in the ordinary way is in `tests/cli/`.

#[path = "../support/mod.rs"]
mod support;

mod bytes;
mod client;
mod rpcs;
mod schema;
mod stop;
