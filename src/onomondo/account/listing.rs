//! One answer of the API for all readers that ask at about the same time.
//!
//! A refresh reads every connector, ten at a time, and the API has no request for a single one.
//! Without this, each read would list the whole account. Readers get a *view*: the answer to one
//! fetch. Its invariants:
//!
//! - **No view is older than a write.** Every write of this process raises the generation when it
//!   ends, whether it succeeds or not. A reader only uses a view, or joins a fetch, that began in
//!   the reader's own generation or in a later one. So the API was asked after each write that had
//!   ended by then. If a write ends while a reader waits, the reader's view stays valid. A reader
//!   that must know the state as of now raises the generation itself.
//! - **One fetch at a time.** A reader that asks during a fetch waits for it. If that fetch began
//!   too early, the next one serves all waiting readers.
//! - **A view is used for a few seconds.** If readers keep asking, as in one refresh, it is used
//!   for up to [`LONGEST_USE`]. After [`PAUSE`] without a reader, it is fetched again.
//! - **A failure is kept for a few seconds,** so that a refresh of a thousand connectors
//!   fails as fast as one read. A failure to reach the API is kept longer, [`OUTAGE`], but only
//!   until the API answers. A failure does not answer a reader that must know the state as of now,
//!   nor one that may retry if the failed fetch did not retry.
//! - **No reader can spoil it for others.** The fetch runs in its own task. A reader whose
//!   operation is interrupted or out of time leaves, and the fetch continues. If a fetch ends
//!   because its operation was interrupted, a reader that was not interrupted starts it again.
//!
//! A `Listing` belongs to one client, and each configuration of the provider makes its own client.
//! So two accounts never mix, even if one process serves both.
//!
//! - `get`: what a reader does.
//! - `failure`: a failure, and how long it is kept.

mod failure;
mod get;

pub use failure::ListFailure;
pub(super) use failure::OUTAGE;
pub(super) use get::get;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};

use self::get::Reader;
use crate::onomondo::{Error, Operation};

/// How long a view is kept without a reader.
const PAUSE: Duration = Duration::from_secs(5);

/// How long a view is used from the start of its fetch, even if readers keep asking.
const LONGEST_USE: Duration = Duration::from_mins(1);

/// The result of a fetch.
pub(in crate::onomondo) type Fetched<T> = Result<Arc<T>, ListFailure>;

/// The result of one list request, fetched on demand.
pub(super) struct Listing<T> {
    /// The path of the list, for errors.
    path: &'static str,
    /// The number of times that earlier views became too old for a reader.
    generation: u64,
    /// The generation that began when the last write ended.
    written: u64,
    /// The last view, of any age.
    view: Option<View<T>>,
    /// The last fetch that was started, until it ends.
    flight: Option<Flight<T>>,
    /// The failure of the last fetch, if it failed.
    failure: Option<Failed>,
}

/// How recent a view must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Since {
    /// Not older than the last write of this process.
    LastWrite,
    /// As of now: the reader determines the result of a write.
    Now,
}

struct View<T> {
    listed: Arc<T>,
    /// The generation in which the fetch began.
    generation: u64,
    /// The time when the fetch began.
    began: Instant,
    /// The time when a reader last got it.
    used: Instant,
}

/// A fetch under way.
struct Flight<T> {
    /// The generation in which the fetch began.
    generation: u64,
    /// The operation of the fetch, which can end it.
    operation: Operation,
    landed: watch::Receiver<Option<Fetched<T>>>,
}

/// A failed fetch.
struct Failed {
    failure: ListFailure,
    at: Instant,
    /// Whether its requests were retried.
    repeated: bool,
}

/// The next step of a reader.
enum Turn<T> {
    Take(Fetched<T>),
    /// Wait for a fetch that another reader started.
    Join(Flight<T>),
    /// Wait for the end of a fetch that began too early.
    Outwait(Flight<T>),
    /// Start this fetch and wait for it.
    Begin(Flight<T>, watch::Sender<Option<Fetched<T>>>),
}

/// No code panics while it holds the lock.
pub(super) fn lock<S>(state: &Mutex<S>) -> MutexGuard<'_, S> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Listing<T> {
    /// A listing of `GET path`. Fetches nothing yet.
    pub(super) fn new(path: &'static str) -> Self {
        Self {
            path,
            generation: 0,
            written: 0,
            view: None,
            flight: None,
            failure: None,
        }
    }

    /// Notes that a write ended, so that earlier views may be out of date.
    pub(super) fn outdate(&mut self) {
        self.generation += 1;
        self.written = self.generation;
    }

    /// Notes that the API answers.
    pub(super) fn end_outage(&mut self) {
        if self
            .failure
            .as_ref()
            .is_some_and(|failed| failed.failure.is_outage())
        {
            self.failure = None;
        }
    }

    /// The last view, of any age.
    pub(super) fn last(&self) -> Option<&Arc<T>> {
        self.view.as_ref().map(|view| &view.listed)
    }

    fn generation_for(&mut self, since: Since) -> u64 {
        match since {
            Since::LastWrite => self.written,
            Since::Now => {
                self.generation += 1;
                self.generation
            }
        }
    }

    fn turn(&mut self, reader: &Reader<'_>) -> Turn<T> {
        let now = Instant::now();
        if let Some(view) = &mut self.view
            && view.generation >= reader.generation
            && view.is_fresh(now)
        {
            view.used = now;
            return Turn::Take(Ok(Arc::clone(&view.listed)));
        }
        if let Some(failed) = &self.failure
            && reader.since == Since::LastWrite
            && now - failed.at < failed.failure.kept_for()
            && reader.accepts(&failed.failure.error, failed.repeated)
        {
            return Turn::Take(Err(failed.failure.clone()));
        }
        if let Some(flight) = self.flight.as_ref().filter(|flight| !flight.has_crashed()) {
            return if flight.generation >= reader.generation {
                Turn::Join(flight.clone())
            } else {
                Turn::Outwait(flight.clone())
            };
        }
        let (sender, landed) = watch::channel(None);
        let flight = Flight {
            generation: self.generation,
            operation: reader.operation.for_others(),
            landed,
        };
        self.flight = Some(flight.clone());
        Turn::Begin(flight, sender)
    }

    fn land(&mut self, fetched: &Fetched<T>, generation: u64, began: Instant, repeated: bool) {
        self.flight = None;
        let now = Instant::now();
        match fetched {
            Ok(listed) => {
                self.failure = None;
                self.view = Some(View {
                    listed: Arc::clone(listed),
                    generation,
                    began,
                    used: now,
                });
            }
            Err(failure) if matches!(failure.error, Error::Stopped { .. }) => {}
            Err(failure) => {
                self.failure = Some(Failed {
                    failure: failure.clone(),
                    at: now,
                    repeated,
                });
            }
        }
    }
}

impl<T> Flight<T> {
    /// Whether its task panicked.
    fn has_crashed(&self) -> bool {
        self.landed.has_changed().is_err()
    }
}

impl<T> View<T> {
    fn is_fresh(&self, now: Instant) -> bool {
        now - self.used < PAUSE && now - self.began < LONGEST_USE
    }
}

impl<T> Clone for Flight<T> {
    fn clone(&self) -> Self {
        Self {
            generation: self.generation,
            operation: self.operation.clone(),
            landed: self.landed.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
