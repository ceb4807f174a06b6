//! Accepting connections, and serving each.

use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::{Extension, Router};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

use super::connection::{Connection, Wire};

/// Waiting after a failed accept: the cause, too many open files, passes only as others close.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves every connection until it is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve_connection(stream, router.clone()));
            }
            Err(_) => sleep(ACCEPT_PAUSE).await,
        }
    }
}

async fn serve_connection(stream: TcpStream, router: Router) {
    // Only speed is lost where the system refuses it.
    let _ = stream.set_nodelay(true);
    let connection = Connection::default();
    let wire = Wire::new(stream, connection.clone());
    let service = TowerToHyperService::new(router.layer(Extension(ConnectInfo(connection))));
    let mut server = Builder::new(TokioExecutor::new());
    // The `Date` is the API's, which may be another than this machine's, or missing.
    server.http1().auto_date_header(false);
    // Ends with an error where the client goes away or the connection was severed.
    let _ = server.serve_connection(TokioIo::new(wire), service).await;
}
