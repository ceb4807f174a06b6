//! Accepted connections that can end on purpose.
//!
//! Each request carries its [`Connection`], so that a fault can end the connection of that request.
//! The connection ends at the first write of the answer, so no byte of the answer is sent.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// The number of connections so far.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// Gives a request access to its own connection.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// The number of the connection, counted from 1.
    pub(crate) number: u64,
    end: Arc<OnceLock<End>>,
}

/// How a connection ends instead of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// A TCP reset.
    Reset,
    /// Silence: the connection stays open, but is neither read nor written.
    Silence,
    /// An HTTP/2 GOAWAY, then the end of the connection. It says whether this request was
    /// processed.
    GoAway {
        /// True means that the request may have been processed.
        processed: bool,
    },
    /// HTTP/2 resets the stream with this error code. The connection continues.
    StreamReset(u32),
}

impl Connection {
    pub(super) fn new() -> Self {
        Self {
            number: COUNT.fetch_add(1, Ordering::Relaxed) + 1,
            end: Arc::default(),
        }
    }

    /// Makes the next write end the connection. Only the first call counts. The reset of a stream
    /// leaves the connection open.
    pub(crate) fn end(&self, end: End) {
        if !matches!(end, End::StreamReset(_)) {
            let _ = self.end.set(end);
        }
    }
}

/// The transport of a connection.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin {
    fn tcp(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Stream for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// One accepted connection, which the HTTP server reads and writes.
pub(super) struct Wire<S> {
    stream: S,
    connection: Connection,
    /// The number of bytes of the GOAWAY written so far.
    said: usize,
}

impl<S: Stream> Wire<S> {
    pub(super) fn new(stream: S, connection: Connection) -> Self {
        Self {
            stream,
            connection,
            said: 0,
        }
    }

    /// Ready if the connection continues as usual.
    fn poll_going_on(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.connection.end.get() {
            None | Some(End::StreamReset(_)) => Poll::Ready(Ok(())),
            Some(End::Reset) => {
                self.stream.tcp().set_zero_linger()?;
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
            Some(End::Silence) => Poll::Pending,
            Some(End::GoAway { processed }) => {
                let words = go_away(*processed);
                while self.said < words.len() {
                    let rest = &words[self.said..];
                    self.said += ready!(Pin::new(&mut self.stream).poll_write(context, rest))?;
                }
                ready!(Pin::new(&mut self.stream).poll_flush(context))?;
                ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
                // Closing now could send a reset that overtakes the GOAWAY.
                Poll::Pending
            }
        }
    }
}

/// A GOAWAY without an error (RFC 9113). It states that no stream was processed, or that any may
/// have been.
fn go_away(processed: bool) -> [u8; 17] {
    const KIND: u8 = 7;
    let [a, b, c, d] = if processed { 0x7fff_ffff } else { 0_u32 }.to_be_bytes();
    [0, 0, 8, KIND, 0, 0, 0, 0, 0, a, b, c, d, 0, 0, 0, 0]
}

impl<S: Stream> AsyncRead for Wire<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.connection.end.get() == Some(&End::Silence) {
            return Poll::Pending;
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: Stream> AsyncWrite for Wire<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_going_on(context))?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_going_on(context))?;
        Pin::new(&mut self.stream).poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_going_on(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_going_on(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
