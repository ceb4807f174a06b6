//! What several test targets share: `#[path = "../support/mod.rs"] mod support;`.
// No target uses all of it, and no other crate can reach what is `pub` in it.
#![allow(dead_code, unreachable_pub, unused_imports)]
// In a test a panic is how a failure is told; Clippy knows that of `#[test]` functions alone.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub(crate) mod name_server;
pub(crate) mod plugin;
pub(crate) mod proxy;
#[cfg(feature = "sandbox")]
pub(crate) mod sandbox;
