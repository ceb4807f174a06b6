//! The released executable, which `make dist` builds and names in `SHIPPED`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "every function here is part of a test"
)]

#[cfg(target_os = "linux")]
mod alone;
#[allow(dead_code, reason = "the tests of the provider use the rest")]
#[path = "../provider/client.rs"]
mod client;
#[cfg(target_os = "linux")]
mod elf;
mod life;
#[cfg(target_os = "linux")]
mod network;
#[path = "../support/mod.rs"]
mod support;

use std::{
    env,
    path::{Path, PathBuf},
};

/// The path of the executable. A relative path works, since Cargo runs tests in the right
/// directory.
fn shipped() -> PathBuf {
    let path = env::var_os("SHIPPED").expect("the executable's path");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
