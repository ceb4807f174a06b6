//! The listener: a Unix socket, or a TCP port on the loopback address.

use std::io;

use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
};

use super::tcp;
#[cfg(unix)]
use super::unix::UnixSocket;
use crate::plugin::environment::{Environment, Transport};

/// A bound listener, so its address is final.
pub(crate) enum Listener {
    #[cfg(unix)]
    Unix(UnixSocket),
    Tcp(TcpListener),
}

/// The address of a listener, in go-plugin's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// `unix` or `tcp`.
    pub(crate) network: &'static str,
    /// An absolute path, or an IP address with its port.
    pub(crate) address: String,
}

/// An error when creating a listener.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ListenerError {
    #[cfg(unix)]
    #[error(transparent)]
    Unix(#[from] super::unix::UnixSocketError),
    #[cfg(unix)]
    #[error(
        "{0}; a TCP port would be open to every user of this machine, because there is no TLS: \
         set `TMPDIR` to a directory in which a socket can be created, or set `PLUGIN_TRANSPORT` \
         to `tcp` to use a TCP port anyway"
    )]
    Unprotected(#[source] super::unix::UnixSocketError),
    #[error(transparent)]
    Tcp(#[from] tcp::TcpError),
}

/// A connection before TLS.
pub(crate) trait Socket: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Socket for T {}

impl Address {
    /// The address of a Unix socket.
    #[cfg(any(unix, test))]
    pub(crate) fn unix(path: String) -> Self {
        Self {
            network: "unix",
            address: path,
        }
    }

    /// The address of a TCP listener.
    pub(crate) fn tcp(address: String) -> Self {
        Self {
            network: "tcp",
            address,
        }
    }
}

impl Listener {
    /// Binds the listener that the environment asks for, and returns its address.
    ///
    /// If no Unix socket can be bound, falls back to a TCP port. There is no fallback if the
    /// environment names the socket's directory, or if there is no TLS: other users could then
    /// connect.
    pub(crate) async fn bind(
        environment: &Environment,
        tls: bool,
    ) -> Result<(Self, Address), ListenerError> {
        #[cfg(not(unix))]
        let _ = tls;
        match environment.transport {
            #[cfg(unix)]
            Transport::Unix => match UnixSocket::bind(&environment.socket) {
                Ok(socket) => {
                    let address = Address::unix(socket.path().to_owned());
                    Ok((Self::Unix(socket), address))
                }
                Err(error) if environment.socket.directory_asked => Err(error.into()),
                Err(error) if !tls => Err(ListenerError::Unprotected(error)),
                Err(error) => {
                    tracing::debug!(%error, "no Unix socket, so listening on a TCP port");
                    Self::bind_tcp(environment).await
                }
            },
            #[cfg(not(unix))]
            Transport::Unix => Self::bind_tcp(environment).await,
            Transport::Tcp => Self::bind_tcp(environment).await,
        }
    }

    async fn bind_tcp(environment: &Environment) -> Result<(Self, Address), ListenerError> {
        let (listener, address) = tcp::bind(environment.ports).await?;
        Ok((Self::Tcp(listener), Address::tcp(address.to_string())))
    }

    /// Waits for the next connection.
    pub(crate) async fn accept(&self) -> io::Result<Box<dyn Socket>> {
        match self {
            #[cfg(unix)]
            Self::Unix(socket) => Ok(Box::new(socket.accept().await?)),
            Self::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                // Sends small messages at once. Waiting for more data would double their time.
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::plugin::environment::{PortRange, SocketSettings};

    /// An environment without a usable socket directory.
    fn nowhere(directory_asked: bool) -> Environment {
        Environment {
            transport: Transport::Unix,
            socket: SocketSettings {
                directories: vec!["/nonexistent".into(), "/tmp/long".repeat(40).into()],
                directory_asked,
            },
            ports: PortRange { first: 0, last: 0 },
            client_certificate: None,
            protocol_versions: Vec::new(),
            multiplexing_asked: false,
        }
    }

    #[tokio::test]
    async fn without_a_usable_directory_a_port_is_used() {
        let (_listener, address) = Listener::bind(&nowhere(false), true).await.unwrap();
        assert_eq!(address.network, "tcp");
        assert!(address.address.starts_with("127.0.0.1:"), "{address:?}");
    }

    #[tokio::test]
    async fn a_requested_directory_has_no_fallback_to_a_port() {
        let error = Listener::bind(&nowhere(true), true).await.err().unwrap();
        assert!(error.to_string().contains("`/nonexistent`"), "{error}");
    }

    #[tokio::test]
    async fn without_tls_a_port_has_to_be_asked_for() {
        let mut environment = nowhere(false);
        let error = Listener::bind(&environment, false).await.err().unwrap();
        let text = error.to_string();
        assert!(text.contains("`/nonexistent`"), "{text}");
        assert!(text.contains("every user of this machine"), "{text}");
        environment.transport = Transport::Tcp;
        let (_listener, address) = Listener::bind(&environment, false).await.unwrap();
        assert_eq!(address.network, "tcp");
    }
}
