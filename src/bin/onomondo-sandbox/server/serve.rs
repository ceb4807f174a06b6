//! Accepts connections and serves each of them.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::response::Response;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tower::util::MapResult;

use super::connection::{Connection, End, Stream, Wire};
use super::tls::{Tls, is_tls};

/// The pause after a failed accept. The usual cause is too many open files, which ends only when
/// other connections close.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves every connection until this future is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router, tls: Option<Arc<Tls>>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve_connection(stream, router.clone(), tls.clone()));
            }
            Err(_) => sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn serve_connection(stream: TcpStream, router: Router, tls: Option<Arc<Tls>>) {
    // If the system refuses this, the connection is only slower.
    let _ = stream.set_nodelay(true);
    match tls {
        Some(tls) if is_tls(&stream).await => {
            // A client that does not trust the certificate closes the connection.
            if let Ok(stream) = tls.accept(stream).await {
                serve_http(stream, router).await;
            }
        }
        _ => serve_http(stream, router).await,
    }
}

async fn serve_http(stream: impl Stream + Send + 'static, router: Router) {
    let connection = Connection::new();
    let wire = Wire::new(stream, connection.clone());
    let router = router.layer(Extension(ConnectInfo(connection)));
    let service = TowerToHyperService::new(MapResult::new(router, sent));
    let mut server = Builder::new(TokioExecutor::new());
    // The layer `date` sets `Date` by the API's clock, or omits it.
    server.http1().auto_date_header(false);
    server.http2().auto_date_header(false);
    // This fails if the client leaves or the connection ends on purpose.
    let _ = server.serve_connection(TokioIo::new(wire), service).await;
}

/// Replaces an answer. Over HTTP/2, its source holds the error code.
#[derive(Debug, thiserror::Error)]
#[error("the stream is reset on purpose")]
struct StreamReset(#[source] h2::Error);

impl From<Infallible> for StreamReset {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// The final result: an answer, or over HTTP/2 the reset of its stream.
fn sent(answer: Result<Response, Infallible>) -> Result<Response, StreamReset> {
    let answer = answer?;
    match answer.extensions().get() {
        Some(End::StreamReset(code)) => Err(StreamReset(h2::Reason::from(*code).into())),
        _ => Ok(answer),
    }
}
