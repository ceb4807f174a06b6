//! The command line.

use std::net::SocketAddr;

use clap::Parser;
use secrecy::SecretString;

use crate::account::tag;
use crate::seed::{Amounts, Seed};
use crate::server::Certificate;

/// Simulates Onomondo's Connectors API in memory, on a loopback address.
#[derive(Debug, Parser)]
#[command(version, after_help = tag::help())]
pub(crate) struct Arguments {
    /// The loopback address to listen on; with port 0, the system chooses a free port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", value_parser = loopback)]
    pub(crate) listen: SocketAddr,

    /// The only API key to accept; if omitted, any key without `Bearer ` in front is accepted
    #[arg(long, value_name = "KEY")]
    pub(crate) api_key: Option<SecretString>,

    /// Requests allowed in one window; 0 means no limit
    #[arg(long, value_name = "REQUESTS", default_value_t = 600)]
    pub(crate) rate_limit: u32,

    /// Length of the rate limit window
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate_window: u32,

    /// The account to start with, as JSON: `{"connectors": […], "tags": […], "sims": […]}`, in the
    /// format of `GET /_sandbox/state`; `options` can also contain secrets in plain text
    #[arg(long, value_name = "FILE", value_parser = |path: &str| Seed::read(path))]
    pub(crate) seed: Option<Seed>,

    /// Add this many objects of each kind to the account, the same ones at every start:
    /// `connectors=1000,tags=40,sims=5000`
    #[arg(long, value_name = "AMOUNTS")]
    pub(crate) generate: Option<Amounts>,

    /// Reject a `tls` connector that lacks `key`, `ca`, or `cert`, as the API's reference requires
    #[arg(long)]
    pub(crate) require_tls_secrets: bool,

    /// Serve HTTPS, over HTTP/2 and HTTP/1.1, as `localhost`, `127.0.0.1`, `::1`, and
    /// `api.onomondo.test`; the first line of standard output ends with the path of the
    /// certificate to trust, which is created at start
    #[arg(long, value_name = "CERTIFICATE", num_args = 0..=1, require_equals = true, default_missing_value = "ca")]
    pub(crate) tls: Option<Certificate>,

    /// How long to delay each TLS handshake
    #[arg(
        long,
        value_name = "MILLISECONDS",
        default_value_t = 0,
        requires = "tls"
    )]
    pub(crate) slow_handshake: u64,

    /// Stop when standard input closes, so that the program does not outlive the one that started
    /// it
    #[arg(long)]
    pub(crate) until_stdin_closes: bool,
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr = text
        .parse()
        .map_err(|_| "expected an IP address and a port, such as `127.0.0.1:8080`".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("the sandbox listens only on a loopback address, such as `127.0.0.1:8080`".to_owned())
    }
}
