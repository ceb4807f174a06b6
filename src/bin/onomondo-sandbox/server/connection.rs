//! Accepted connections that can be reset on purpose.
//!
//! A [`Connection`] travels with each request, so that a fault can cut the very socket on which the
//! request came. The cut happens where the answer would be written: nothing of it leaves, and the
//! client sees a TCP reset.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// Waiting after a failed accept: the cause, too many open files, passes only as others close.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The handle by which a request reaches the connection it came on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connection {
    /// Once true, every write fails and the socket closes with a reset.
    severed: Arc<AtomicBool>,
}

impl Connection {
    /// Makes the next write reset the connection instead.
    pub(crate) fn sever(&self) {
        self.severed.store(true, Ordering::Relaxed);
    }
}

/// Marks the response of a request whose connection is reset: none of it is sent.
#[derive(Clone, Copy)]
pub(crate) struct WasReset;

impl Connected<IncomingStream<'_, Listener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.remote_addr().clone()
    }
}

/// A TCP listener whose connections can be severed.
pub(crate) struct Listener {
    inner: TcpListener,
}

impl Listener {
    pub(crate) fn new(inner: TcpListener) -> Self {
        Self { inner }
    }

    async fn next(&self) -> (TcpStream, SocketAddr) {
        loop {
            match self.inner.accept().await {
                Ok(accepted) => return accepted,
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            }
        }
    }
}

impl axum::serve::Listener for Listener {
    type Io = Wire;
    type Addr = Connection;

    async fn accept(&mut self) -> (Wire, Connection) {
        let (stream, _) = self.next().await;
        // Only speed is lost where the system refuses it.
        let _ = stream.set_nodelay(true);
        let connection = Connection::default();
        let wire = Wire {
            stream,
            connection: connection.clone(),
        };
        (wire, connection)
    }

    fn local_addr(&self) -> io::Result<Connection> {
        Ok(Connection::default())
    }
}

/// One accepted socket.
pub(crate) struct Wire {
    stream: TcpStream,
    connection: Connection,
}

impl Wire {
    /// Refuses a write to a severed connection, and has the socket reset when it is dropped.
    fn writable(&self) -> io::Result<()> {
        if self.connection.severed.load(Ordering::Relaxed) {
            self.stream.set_zero_linger()?;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.writable()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.writable()?;
        Pin::new(&mut self.stream).poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writable()?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writable()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
