//! The plugin's process from the CLI's side: started with the CLI's environment, reached at the
//! address in its handshake line.
//!
//! These tests cover go-plugin's contract. Other tests cover the provider's own RPCs.
// Test helpers fail by panicking, as tests do.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod command_line;
mod debug;
mod handshake;
mod log;
mod mutual_tls;
mod shutdown;
#[cfg(unix)]
mod signals;
#[cfg(unix)] // with MSVC the symbols are not in the executable
mod start_up;
mod transport;
#[cfg(unix)]
mod unix_socket;
