//! Accepted connections that can be reset on purpose.
//!
//! A [`Connection`] travels with each request, so that a fault can cut the very socket on which the
//! request came. The cut happens where the answer would be written: nothing of it leaves, and the
//! client sees a TCP reset.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

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

/// One accepted socket.
pub(super) struct Wire {
    stream: TcpStream,
    connection: Connection,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, connection: Connection) -> Self {
        Self { stream, connection }
    }

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
