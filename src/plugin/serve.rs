//! The order of things, from the environment to the end of the process.

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

/// Threads for RPCs. A provider waits for an API; more threads would only take longer to start.
const WORKERS: usize = 2;
/// What RPCs have left once the process was told to end: time for the answers that are under way.
/// A CLI that shuts its provider down is not waiting for any other.
const GRACE: Duration = Duration::from_millis(50);

/// Who looks after the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mode {
    /// A CLI: it started the process and ends it.
    Managed,
    /// A developer, in a terminal: CLIs come and go. With the one address to tell them, if any.
    Debug(Option<String>),
}

/// Why a plugin could not serve.
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
    #[error("the runtime could not be started: {0}")]
    Runtime(#[source] io::Error),
    #[error("the signal handlers could not be installed: {0}")]
    Signals(#[source] io::Error),
    #[error("stdout could not be written to: {0}")]
    Stdout(#[source] io::Error),
    #[error("serving gRPC failed: {0}")]
    Grpc(#[from] tonic::transport::Error),
}

impl Mode {
    /// What an error starts with. A CLI shows what a plugin writes to stderr only if it looks like
    /// the end of a Go program.
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
    // Blocking work that never ends must not keep the process.
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
        // Nobody gives a CLI the certificate of a plugin that it attaches to.
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

/// Drives `serving` to its end, which `lifetime` brings about: through `shutdown`, and by force
/// where something does not let go.
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
