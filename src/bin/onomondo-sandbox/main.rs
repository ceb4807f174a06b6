//! The Connectors API as one program. It runs in memory, listens on loopback, and enforces
//! Onomondo's schema.
//!
//! It serves people who try the provider without an Enterprise account, and every end-to-end test.
//! A request to the API passes these modules in order:
//!
//! ```text
//! server::connection -> server::log -> server::rate_limit -> faults -> server::auth -> api -> account
//! ```
//!
//! Each module uses only those below it.
//!
//! - [`arguments`], [`stop`]: the command line, and the end of the program.
//! - [`router`]: the routes and their layers.
//! - [`control`]: `/_sandbox/`, for tests.
//! - [`sandbox`]: the state that requests share, and its reset.
//! - [`seed`]: the initial account.
//! - [`api`]: the operations that Onomondo documents.
//! - [`faults`]: different answers for chosen requests.
//! - [`server`]: connections, and the layers around every request.
//! - [`account`]: the account of an organization: its contents, its changes, and its answers.
//! - [`schema`]: the allowed contents of a request.
//! - [`error`]: the API's refusals.
//! - [`shared`], [`clock`]: a value that requests share; the API's clock.

mod account;
mod api;
mod arguments;
mod clock;
mod control;
mod error;
mod faults;
mod router;
mod sandbox;
mod schema;
mod seed;
mod server;
mod shared;
mod stop;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use tokio::net::TcpListener;

use crate::arguments::Arguments;
use crate::sandbox::Sandbox;
use crate::server::Tls;

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("onomondo-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until it is told to stop. Open connections and waiting requests end with the runtime.
fn run(arguments: Arguments) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let stop = stop::requested(arguments.until_stdin_closes)?;
        let listener = TcpListener::bind(arguments.listen).await?;
        let delay = Duration::from_millis(arguments.slow_handshake);
        let tls = arguments
            .tls
            .map(|certificate| Tls::new(certificate, delay));
        let tls = tls.transpose()?.map(Arc::new);
        announce(listener.local_addr()?, tls.as_deref().map(Tls::trusted))?;
        let router = router::router(Sandbox::new(arguments));
        tokio::select! {
            () = server::serve(listener, router, tls) => {}
            () = stop => {}
        }
        Ok(())
    })
}

/// Prints the address as the first line of standard output, since with port 0 the system chooses
/// the port. With TLS, the path of the certificate to trust follows.
fn announce(address: SocketAddr, trusted: Option<&Path>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match trusted {
        Some(trusted) => writeln!(stdout, "https://{address} {}", trusted.display())?,
        None => writeln!(stdout, "http://{address}")?,
    }
    stdout.flush()
}
