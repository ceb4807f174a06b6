//! Sockets that report a refused port at once.
//!
//! The resolver library uses unconnected sockets, to which the system does not report a refused
//! port. It also waits until the socket is readable, which such an error does not cause. So each
//! missing server would cost its whole timeout.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use async_trait::async_trait;
use hickory_resolver::net::runtime::{
    DnsUdpSocket, RuntimeProvider, TokioRuntimeProvider, TokioTime,
};
use tokio::{io::Interest, net::UdpSocket};

/// The library's own sockets, except for UDP.
#[derive(Clone, Default)]
pub(super) struct Sockets(TokioRuntimeProvider);

/// A UDP socket that is connected to its server.
pub(super) struct Connected(UdpSocket);

type Opening<T> = Pin<Box<dyn Send + Future<Output = io::Result<T>>>>;

impl RuntimeProvider for Sockets {
    type Handle = <TokioRuntimeProvider as RuntimeProvider>::Handle;
    type Timer = TokioTime;
    type Udp = Connected;
    type Tcp = <TokioRuntimeProvider as RuntimeProvider>::Tcp;

    fn create_handle(&self) -> Self::Handle {
        self.0.create_handle()
    }

    fn connect_tcp(
        &self,
        server: SocketAddr,
        own: Option<SocketAddr>,
        timeout: Option<Duration>,
    ) -> Opening<Self::Tcp> {
        self.0.connect_tcp(server, own, timeout)
    }

    fn bind_udp(&self, own: SocketAddr, server: SocketAddr) -> Opening<Self::Udp> {
        Box::pin(async move {
            let socket = UdpSocket::bind(own).await?;
            socket.connect(server).await?;
            Ok(Connected(socket))
        })
    }
}

#[async_trait]
impl DnsUdpSocket for Connected {
    type Time = TokioTime;

    fn poll_recv_from(
        &self,
        context: &mut Context<'_>,
        buffer: &mut [u8],
    ) -> Poll<io::Result<(usize, SocketAddr)>> {
        DnsUdpSocket::poll_recv_from(&self.0, context, buffer)
    }

    async fn recv_from(&self, buffer: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        loop {
            let ready = self.0.ready(Interest::READABLE | Interest::ERROR).await?;
            if ready.is_error()
                && let Some(error) = self.0.take_error()?
            {
                return Err(error);
            }
            match self.0.try_recv_from(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    // Ignores an error that only means that nothing is ready.
                    let none = || Err::<(), _>(io::ErrorKind::WouldBlock.into());
                    let _ = self.0.try_io(Interest::ERROR, none);
                }
                received => return received,
            }
        }
    }

    fn poll_send_to(
        &self,
        context: &mut Context<'_>,
        bytes: &[u8],
        server: SocketAddr,
    ) -> Poll<io::Result<usize>> {
        DnsUdpSocket::poll_send_to(&self.0, context, bytes, server)
    }
}
