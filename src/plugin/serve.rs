//! Runs the parts in order, from reading the environment to the end of the process.

use std::{
    future::Future,
    io::{self, Write as _},
    time::Duration,
};

use tokio::{runtime, time::sleep};
use tokio_util::sync::CancellationToken;
use tonic::{service::Routes, transport::Server};

use super::{
    Plugin,
    environment::{Environment, EnvironmentError},
    handshake::Handshake,
    listen::{CountRequests, Listener, ListenerError, incoming},
    log::{self, LineFormat},
    process::{Activity, Parent, Signals, lifetime},
    reattach,
    services::{self, BadDescriptors},
    tls::{MutualTls, TlsError},
};

/// The number of threads for RPCs. A provider mostly waits for an API, and more threads take longer
/// to start.
const WORKERS: usize = 2;
/// The time for RPCs to finish once the process has to end. It is enough to send answers that are
/// ready. A CLI that shuts down its provider waits for no others.
const GRACE: Duration = Duration::from_millis(50);

/// Who controls the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mode {
    /// A CLI, which starts and ends the process.
    Managed,
    /// A developer in a terminal. CLIs attach and leave. The text is the one address to print, if
    /// any.
    Debug(Option<String>),
}

/// The reason why a plugin cannot serve.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServeError {
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error(transparent)]
    Listener(#[from] ListenerError),
    #[error(transparent)]
    Descriptors(#[from] BadDescriptors),
    #[error("could not start the runtime: {0}")]
    Runtime(#[source] io::Error),
    #[error("could not install the signal handlers: {0}")]
    Signals(#[source] io::Error),
    #[error("could not write to stdout: {0}")]
    Stdout(#[source] io::Error),
    #[error("serving gRPC failed: {0}")]
    Grpc(#[from] tonic::transport::Error),
}

impl Mode {
    /// The start of an error message. A CLI shows a plugin's stderr only if it looks like the end
    /// of a Go program.
    pub(super) fn error_prefix(&self) -> &'static str {
        match self {
            Self::Managed => "fatal error",
            Self::Debug(_) => "Error",
        }
    }

    fn line_format(&self) -> LineFormat {
        match self {
            Self::Managed => LineFormat::Hclog,
            Self::Debug(_) => LineFormat::Plain,
        }
    }
}

/// Serves until it is time to end.
pub(super) fn serve(
    plugin: &Plugin,
    mode: &Mode,
    services: impl FnOnce(&CancellationToken) -> Routes,
) -> Result<(), ServeError> {
    let parent = Parent::of_this_process();
    log::install(plugin, mode.line_format());
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    let served = runtime.block_on(serve_in_runtime(plugin, mode, services, parent));
    // Blocking work that never ends must not keep the process alive.
    runtime.shutdown_background();
    served
}

async fn serve_in_runtime(
    plugin: &Plugin,
    mode: &Mode,
    services: impl FnOnce(&CancellationToken) -> Routes,
    parent: Parent,
) -> Result<(), ServeError> {
    let signals = Signals::handle().map_err(ServeError::Signals)?;
    let environment = Environment::of_this_process()?;
    if *mode == Mode::Managed {
        environment.require_protocol(plugin.protocol_version)?;
    }
    let tls = match (mode, environment.client_certificate.clone()) {
        (Mode::Managed, Some(client)) => Some(MutualTls::new(client)?),
        // A CLI that attaches to a plugin never gets the plugin's certificate.
        (Mode::Managed, None) | (Mode::Debug(_), _) => None,
    };
    let activity = Activity::default();
    let routes = services(&activity.stop);
    let mut routes = services::add_plugin_services(routes, &activity.shutdown).await;
    if let Mode::Debug(_) = mode {
        routes = services::add_reflection(routes, plugin.descriptors)?;
    }
    let (listener, address) = Listener::bind(&environment, tls.is_some()).await?;

    match mode {
        Mode::Managed => Handshake {
            protocol_version: plugin.protocol_version,
            address: &address,
            certificate: tls.as_ref().map(|tls| &tls.certificate),
            multiplexing_asked: environment.multiplexing_asked,
        }
        .send(),
        Mode::Debug(only) => {
            let text = reattach::text(plugin, only.as_deref(), &address, std::process::id());
            io::stdout().write_all(text.as_bytes())
        }
    }
    .map_err(ServeError::Stdout)?;
    tracing::debug!(version = plugin.version, address = %address.address, "serving");

    let acceptor = tls.map(|tls| tls.acceptor);
    let incoming = incoming(listener, acceptor, activity.connections.clone());
    let serving = Server::builder()
        .layer(CountRequests(activity.requests.clone()))
        .add_routes(routes)
        .serve_with_incoming_shutdown(incoming, activity.shutdown.cancelled());
    let lifetime = async {
        match mode {
            Mode::Managed => lifetime::of_managed_process(&activity, signals, parent).await,
            Mode::Debug(_) => lifetime::of_debug_process(&activity, signals).await,
        }
    };
    until_over(serving, lifetime, &activity.shutdown).await
}

/// Runs `serving` until `lifetime` ends. Then cancels `shutdown`, and after a short grace drops
/// whatever still runs.
async fn until_over(
    serving: impl Future<Output = Result<(), tonic::transport::Error>>,
    lifetime: impl Future<Output = ()>,
    shutdown: &CancellationToken,
) -> Result<(), ServeError> {
    let limit = async {
        lifetime.await;
        shutdown.cancel();
        sleep(GRACE).await;
    };
    tokio::select! {
        served = serving => Ok(served?),
        () = limit => Ok(()),
    }
}
