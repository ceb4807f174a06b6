//! A TCP port on the loopback address: go-plugin's transport on Windows.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use tokio::net::TcpListener;

use crate::plugin::environment::PortRange;

/// An error when creating a TCP listener.
#[derive(Debug, thiserror::Error)]
#[error(
    "could not listen on any TCP port of 127.0.0.1 from {} to {} (`PLUGIN_MIN_PORT`, \
     `PLUGIN_MAX_PORT`); the last error: {source}", ports.first, ports.last
)]
pub(crate) struct TcpError {
    ports: PortRange,
    source: io::Error,
}

/// Listens on the first free port of the range, and returns its address.
pub(super) async fn bind(ports: PortRange) -> Result<(TcpListener, SocketAddr), TcpError> {
    let mut port = ports.first;
    loop {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        match bound.and_then(|listener| listener.local_addr().map(|address| (listener, address))) {
            Ok(bound) => return Ok(bound),
            Err(source) if port == ports.last => return Err(TcpError { ports, source }),
            Err(_) => port += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_busy_port_is_passed_over() {
        let (_busy, address) = bind(PortRange { first: 0, last: 0 }).await.unwrap();
        let first = address.port();
        let last = first.saturating_add(50);
        let (_next, address) = bind(PortRange { first, last }).await.unwrap();
        assert!((first + 1..=last).contains(&address.port()), "{address}");
    }

    #[tokio::test]
    async fn a_range_that_is_busy_is_an_error_that_names_it() {
        let (_busy, address) = bind(PortRange { first: 0, last: 0 }).await.unwrap();
        let port = address.port();
        let error = bind(PortRange {
            first: port,
            last: port,
        });
        let error = error.await.unwrap_err().to_string();
        assert!(error.contains(&format!("from {port} to {port}")), "{error}");
    }
}
