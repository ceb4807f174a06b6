//! What each connection configured.
//!
//! A CLI opens a connection for every provider configuration. It starts a process for every one as
//! well, except in debug mode, where one process serves them all, and several CLIs at once: there, two
//! aliases with the keys of two accounts must not be answered out of one another's account.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio_util::sync::CancellationToken;
use tonic::Extensions;

use crate::protocol::{Call, Diagnostic};

/// Tells the connection that a request came on: something that lives as long as it does.
pub type ConnectionOf = fn(&Extensions) -> Option<Arc<()>>;

/// The sessions of all open connections.
pub(super) struct Sessions<C> {
    connection_of: ConnectionOf,
    state: Mutex<State<C>>,
}

struct State<C> {
    open: Vec<(Weak<()>, Session<C>)>,
    /// What was configured last, on whichever connection: a CLI that lost its connection goes on with
    /// a new one, and does not configure the provider again.
    last: Option<C>,
    /// Cancelled where the whole process is to end: the parent of all others.
    stop: CancellationToken,
}

/// What one connection configured.
struct Session<C> {
    /// Calls under way keep the one they began with.
    client: Option<C>,
    /// Cancelled by `StopProvider`. A call that was on its way then comes after it, and would wait for
    /// minutes as if nothing had been: nothing but `ConfigureProvider` puts another in its place.
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

    /// What a call on this connection needs.
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

    /// `ConfigureProvider` on this connection made this client, for the calls that follow: those that an
    /// interrupt ended stay ended.
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

    /// `StopProvider` on this connection: ends the waits of its calls; a later call sends nothing until
    /// the connection is configured anew.
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
    /// The session of a connection; those of closed ones go. Requests that came on none share one.
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
        "The CLI asked for something before it configured the provider. This is a bug of the CLI or \
         of the program in its place.",
    )
}
