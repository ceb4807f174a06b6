//! What several test targets share: `#[path = "../support/mod.rs"] mod support;`.
// No target uses all of it.
#![allow(dead_code, unused_imports)]
// In a test a panic is how a failure is told; Clippy knows that of `#[test]` functions alone.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

pub(crate) mod sandbox;
