//! Code that several test targets share: `#[path = "../support/mod.rs"] mod support;`.
// No target uses all of it, and no other crate can reach its `pub` items.
#![allow(dead_code, unreachable_pub, unused_imports)]
// Tests report failures by panicking. Clippy allows that only in `#[test]` functions.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub(crate) mod name_server;
pub(crate) mod plugin;
pub(crate) mod proxy;
#[cfg(feature = "sandbox")]
pub(crate) mod sandbox;
