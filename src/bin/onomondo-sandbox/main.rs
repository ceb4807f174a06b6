//! The Connectors API as one program: in memory, on loopback, strict to Onomondo's schema of it.
//!
//! It serves people who try the provider without an Enterprise account, and it is the other side of
//! every end-to-end test. A request to the API walks through these in order:
//!
//! ```text
//! server::connection -> server::log -> server::rate_limit -> faults -> server::auth -> api -> account
//! ```
//!
//! Each room knows those below it and none above.
//!
//! - [`arguments`], [`stop`]: the command line, and the end of the program.
//! - [`router`]: which path goes where, through which layers.
//! - [`control`]: `/_sandbox/`, for tests.
//! - [`sandbox`]: everything that requests share, and how it is put back to the start.
//! - [`seed`]: what an account begins with.
//! - [`api`]: the operations that Onomondo documents.
//! - [`faults`]: answers other than the API's own.
//! - [`server`]: connections, and the layers around every request.
//! - [`account`]: what an organization has at Onomondo, what changes it, and how it is answered.
//! - [`schema`]: what a request may contain.
//! - [`error`]: how the API refuses one.
//! - [`shared`], [`clock`]: one value for all requests; what time it is at the API.

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

/// The address is the first line of standard output, for whoever started the program on port 0. With
/// TLS the certificate to trust follows it.
fn announce(address: SocketAddr, trusted: Option<&Path>) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    match trusted {
        Some(trusted) => writeln!(stdout, "https://{address} {}", trusted.display())?,
        None => writeln!(stdout, "http://{address}")?,
    }
    stdout.flush()
}
