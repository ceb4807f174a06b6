//! The client that each connection configured.
//!
//! A CLI opens one connection for each provider configuration. Usually it also starts one process
//! for each. In debug mode, one process serves all configurations, and even several CLIs. Two
//! aliases with keys for two accounts must then never use each other's account.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio_util::sync::CancellationToken;
use tonic::Extensions;

use crate::protocol::{Call, Diagnostic};

/// Identifies the connection of a request, by a value that lives as long as the connection.
pub type ConnectionOf = fn(&Extensions) -> Option<Arc<()>>;

/// The sessions of all open connections.
pub(super) struct Sessions<C> {
    connection_of: ConnectionOf,
    state: Mutex<State<C>>,
}

struct State<C> {
    open: Vec<(Weak<()>, Session<C>)>,
    /// The latest client of any connection. A CLI that lost its connection opens a new one without
    /// configuring the provider again.
    last: Option<C>,
    /// Cancelled when the whole process ends. The parent of all other tokens.
    stop: CancellationToken,
}

/// The state of one connection.
struct Session<C> {
    /// A call keeps the client that it started with.
    client: Option<C>,
    /// Cancelled by `StopProvider`. Only `ConfigureProvider` replaces it: a call that arrives after
    /// `StopProvider` would otherwise wait for minutes as if nothing had happened.
    stop: CancellationToken,
}

impl<C: Clone> Sessions<C> {
    pub(super) fn new(connection_of: ConnectionOf, stop: CancellationToken) -> Self {
        Self {
            connection_of,
            state: Mutex::new(State {
                open: Vec::new(),
                last: None,
                stop,
            }),
        }
    }

    /// The client and stop token for a call on this connection.
    pub(super) fn call(&self, extensions: &Extensions) -> Result<Call<C>, Diagnostic> {
        let mut state = self.state();
        let last = state.last.clone();
        let session = state.session((self.connection_of)(extensions));
        let client = session.client.clone().or(last);
        Ok(Call {
            client: client.ok_or_else(never_configured)?,
            stop: session.stop.clone(),
        })
    }

    /// Stores the client that `ConfigureProvider` made, for later calls on this connection. Calls
    /// that an interrupt ended stay ended.
    pub(super) fn configure(&self, extensions: &Extensions, client: C) {
        let mut state = self.state();
        state.last = Some(client.clone());
        let stop = state.stop.child_token();
        let session = state.session((self.connection_of)(extensions));
        session.client = Some(client);
        if session.stop.is_cancelled() {
            session.stop = stop;
        }
    }

    /// Handles `StopProvider` on this connection: its calls stop waiting. Later calls send nothing
    /// until the connection is configured again.
    pub(super) fn stop(&self, extensions: &Extensions) {
        let mut state = self.state();
        let session = state.session((self.connection_of)(extensions));
        session.stop.cancel();
    }

    fn state(&self) -> MutexGuard<'_, State<C>> {
        // No code above panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C> State<C> {
    /// The session of a connection. Sessions of closed connections are dropped. Requests without a
    /// connection share one session.
    fn session(&mut self, connection: Option<Arc<()>>) -> &mut Session<C> {
        let connection =
            connection.map_or_else(Weak::new, |connection| Arc::downgrade(&connection));
        self.open
            .retain(|(other, _)| other.strong_count() > 0 || other.ptr_eq(&Weak::new()));
        let place = self
            .open
            .iter()
            .position(|(other, _)| other.ptr_eq(&connection))
            .unwrap_or_else(|| {
                let session = Session {
                    client: None,
                    stop: self.stop.child_token(),
                };
                self.open.push((connection, session));
                self.open.len() - 1
            });
        &mut self.open[place].1
    }
}

fn never_configured() -> Diagnostic {
    Diagnostic::error(
        "The provider is not configured",
        "The CLI sent a request before it configured the provider. This is a bug in the CLI, or \
         in the program that is used instead of it.",
    )
}
