//! The Connectors API as one program: in memory, on loopback, strict to Onomondo's schema of it.
//!
//! It serves people who try the provider without an Enterprise account, and it is the other side of
//! every end-to-end test. A request to the API walks through the modules in this order:
//!
//! ```text
//! connection -> log -> rate_limit -> faults -> auth -> api -> validate -> account -> connector
//! ```
//!
//! - [`connection`]: sockets that can be reset on purpose.
//! - [`router`], [`sandbox`]: which path goes where, through which layers; what they share.
//! - [`log`], [`rate_limit`], [`faults`], [`auth`]: the layers.
//! - [`api`], [`sims`], [`tags`]: the operations that Onomondo documents.
//! - [`validate`], [`options`]: what a request body may contain.
//! - [`account`], [`list`], [`connector`], [`secret`], [`quirks`]: what the account holds and how it answers.
//! - [`seed`], [`generate`]: what an account begins with.
//! - [`control`]: `/_sandbox/`, for tests.

mod account;
mod api;
mod auth;
mod connection;
mod connector;
mod control;
mod error;
mod faults;
mod generate;
mod list;
mod log;
mod options;
mod quirks;
mod rate_limit;
mod router;
mod sandbox;
mod secret;
mod seed;
mod sims;
mod stop;
mod tags;
mod validate;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use secrecy::SecretString;
use tokio::net::TcpListener;

use crate::connection::{Connection, Listener};
use crate::generate::Amounts;
use crate::sandbox::Sandbox;
use crate::seed::Seed;

/// Onomondo's Connectors API in memory, on loopback.
#[derive(Debug, Parser)]
#[command(version, after_help = tags::help())]
struct Arguments {
    /// Where to listen: a loopback address; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", value_parser = loopback)]
    listen: SocketAddr,

    /// The one API key to accept; left out, any is, as long as it has no `Bearer ` in front
    #[arg(long, value_name = "KEY")]
    api_key: Option<SecretString>,

    /// Requests allowed in one window; 0 refuses none
    #[arg(long, value_name = "REQUESTS", default_value_t = 600)]
    rate_limit: u32,

    /// Length of the rate limit's window
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    rate_window: u32,

    /// The account to begin with, as JSON: `{"connectors": […], "tags": […], "sims": […]}`, in the
    /// form in which `GET /_sandbox/state` prints one; secrets may also stand in clear in `options`
    #[arg(long, value_name = "FILE", value_parser = |path: &str| Seed::read(path))]
    seed: Option<Seed>,

    /// Adds so many of each to the account, the same at every start:
    /// `connectors=1000,tags=40,sims=5000`
    #[arg(long, value_name = "AMOUNTS")]
    generate: Option<Amounts>,

    /// Refuse a `tls` connector without `key`, `ca` and `cert`, as the API's reference says
    #[arg(long)]
    require_tls_secrets: bool,

    /// Stop when standard input closes, so that the program never outlives the one that started it
    #[arg(long)]
    until_stdin_closes: bool,
}

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
        announce(listener.local_addr()?)?;
        let service = router::router(Arc::new(Sandbox::new(arguments)))
            .into_make_service_with_connect_info::<Connection>();
        tokio::select! {
            served = async { axum::serve(Listener::new(listener), service).await } => served,
            () = stop => Ok(()),
        }
    })
}

/// The address is the first line of standard output, for whoever started the program on port 0.
fn announce(address: SocketAddr) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "http://{address}")?;
    stdout.flush()
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| "expected an IP address and a port, such as `127.0.0.1:8080`".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("the sandbox listens on loopback only, such as `127.0.0.1:8080`".to_owned())
    }
}
