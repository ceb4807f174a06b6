//! Accepts connections and does their TLS handshake, then hands them to tonic.
//!
//! tonic's own TLS accepts no custom verifier, so the handshakes happen here. They run concurrently
//! and have a time limit, so a silent client does not block the others. A client that fails or
//! leaves ends only its own connection. The CLIs do that: to attach, they first open a connection
//! and close it at once.

use std::{
    convert::Infallible,
    fmt, io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use futures_util::stream::{self, Stream};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tonic::{Extensions, transport::server::Connected};

use super::{
    count::{Count, Counted},
    listener::{Listener, Socket},
};

/// The time limit of a TLS handshake. A CLI on a busy machine needs milliseconds.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);
/// The pause after a failure to accept. Without it, the failure repeats at once if the process is
/// out of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// A connection for gRPC. It counts as open until it is dropped.
pub(crate) struct Connection {
    socket: Box<dyn Socket>,
    alive: ConnectionAlive,
    _open: Counted,
}

/// Identifies the connection. Every request of the connection carries it.
#[derive(Clone, Default)]
pub(crate) struct ConnectionAlive(Arc<()>);

struct Incoming {
    listener: Listener,
    tls: Option<TlsAcceptor>,
    connections: Count,
    /// The handshakes under way. Dropping this ends them.
    handshakes: JoinSet<Option<Box<dyn Socket>>>,
}

/// The reason why a client got no connection.
#[derive(Debug)]
enum HandshakeError {
    Timeout,
    Tls(io::Error),
}

/// Identifies the connection of a request by a value that lives as long as the connection. One
/// process may serve many CLIs, each with its own connections.
#[must_use]
pub fn connection_of(extensions: &Extensions) -> Option<Arc<()>> {
    let connection = extensions.get::<ConnectionAlive>();
    connection.map(|connection| Arc::clone(&connection.0))
}

/// All connections, in the order in which they become ready. The stream never ends. It owns the
/// listener, which closes when the stream is dropped.
pub(crate) fn incoming(
    listener: Listener,
    tls: Option<TlsAcceptor>,
    connections: Count,
) -> impl Stream<Item = Result<Connection, Infallible>> {
    let incoming = Incoming {
        listener,
        tls,
        connections,
        handshakes: JoinSet::new(),
    };
    stream::unfold(incoming, |mut incoming| async move {
        let connection = incoming.next().await;
        Some((Ok(connection), incoming))
    })
}

impl Incoming {
    async fn next(&mut self) -> Connection {
        let socket = loop {
            tokio::select! {
                accepted = self.listener.accept() => match (accepted, &self.tls) {
                    (Ok(socket), None) => break socket,
                    (Ok(socket), Some(acceptor)) => {
                        self.handshakes.spawn(admit(acceptor.clone(), socket));
                    }
                    (Err(error), _) => {
                        tracing::warn!(%error, "could not accept a connection");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
                Some(finished) = self.handshakes.join_next() => {
                    if let Ok(Some(socket)) = finished {
                        break socket;
                    }
                }
            }
        };
        Connection {
            socket,
            alive: ConnectionAlive::default(),
            _open: self.connections.one(),
        }
    }
}

/// Does the TLS handshake, and logs a failure.
async fn admit(acceptor: TlsAcceptor, socket: Box<dyn Socket>) -> Option<Box<dyn Socket>> {
    match handshake(acceptor, socket).await {
        Ok(socket) => Some(socket),
        Err(error) => {
            tracing::warn!(%error, "rejected a client");
            None
        }
    }
}

async fn handshake(
    acceptor: TlsAcceptor,
    socket: Box<dyn Socket>,
) -> Result<Box<dyn Socket>, HandshakeError> {
    match timeout(HANDSHAKE_LIMIT, acceptor.accept(socket)).await {
        Ok(Ok(stream)) => Ok(Box::new(stream)),
        Ok(Err(error)) => Err(HandshakeError::Tls(error)),
        Err(_) => Err(HandshakeError::Timeout),
    }
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => write!(
                formatter,
                "no TLS handshake within {} seconds",
                HANDSHAKE_LIMIT.as_secs()
            ),
            Self::Tls(error) => write!(formatter, "the TLS handshake failed: {error}"),
        }
    }
}

impl Connected for Connection {
    type ConnectInfo = ConnectionAlive;

    fn connect_info(&self) -> Self::ConnectInfo {
        self.alive.clone()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(context, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::{io::duplex, time::Instant};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_client_that_says_nothing_is_given_up() {
        let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(crypto)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(rustls::server::ResolvesServerCertUsingSni::new()));
        let (_silent_client, server) = duplex(1024);
        let started = Instant::now();
        let error = handshake(Arc::new(config).into(), Box::new(server)).await;
        assert!(matches!(error, Err(HandshakeError::Timeout)));
        assert_eq!(started.elapsed(), HANDSHAKE_LIMIT);
    }
}
