//! The plugin's process as a CLI meets it: started with the CLI's environment, spoken to over the
//! address in its handshake line.
//!
//! What is asked of it here is go-plugin's contract; the provider's own RPCs are tested elsewhere.
// Helpers of tests fail as tests do.
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
