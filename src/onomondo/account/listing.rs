//! One answer of the API for all who ask at about the same time.
//!
//! A refresh reads every connector, ten at a time, and the API has no request for one: without this,
//! each read would be a list of the whole account. What is handed out is a *view*: the answer to one
//! fetch. Its invariants:
//!
//! - **No view is older than a write.** Every write of this process raises the generation when it
//!   ends, however it ends. A reader takes only a view, or joins only a fetch, that began in the
//!   generation in which the reader asks, or in a later one; so the API was asked after each write
//!   that had ended by then. A write that ends while a reader waits makes that reader's view no less
//!   valid for it. A reader that must know what is true from now on raises the generation itself.
//! - **One fetch at a time.** Whoever asks while a fetch is under way waits for it. If that one began
//!   too early, the next fetch serves all who have waited.
//! - **A view is used for a few seconds.** As long as it is asked for again and again, as in one
//!   refresh, up to [`LONGEST_USE`]; after [`PAUSE`] without a reader it is fetched again.
//! - **A failure is kept for a few seconds,** [`KEPT`], so that a refresh of a thousand connectors fails
//!   in the time of one; one to reach the API for longer, [`OUTAGE`], but not once it answers. It answers
//!   no reader that must know what is true from now on, and none that deserves repeats which the failed
//!   fetch did not make.
//! - **No reader can spoil it for others.** The fetch runs in a task of its own. A reader whose
//!   operation is interrupted, or out of time, leaves; the fetch goes on. A fetch that ended because
//!   the operation it was begun for was interrupted begins again for a reader that was not.
//!
//! A `Listing` belongs to one client, and each configuration of the provider makes a client of its
//! own: two accounts never meet here, whatever else one process serves.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{sync::watch, time::Instant};
use tracing::Instrument as _;

use crate::onomondo::{Error, Exchange, Operation, TransportFailure};

/// How long a view is kept while nobody asks for it.
const PAUSE: Duration = Duration::from_secs(5);

/// How long a view is used from the start of its fetch, however often it is asked for.
const LONGEST_USE: Duration = Duration::from_mins(1);

/// How long a failure answers those who ask.
const KEPT: Duration = Duration::from_secs(5);

/// How long a failure to reach the API does: each try takes its time, and a CLI asks for ten at a time.
pub(super) const OUTAGE: Duration = Duration::from_mins(1);

/// What a fetch comes to.
pub(in crate::onomondo) type Fetched<T> = Result<Arc<T>, ListFailure>;

/// Why a list could not be had. All who are given the same failure share it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{error}")]
pub struct ListFailure {
    /// What went wrong.
    pub error: Error,
    is_told: Arc<AtomicBool>,
}

/// What one request lists, fetched when it is asked for.
pub(super) struct Listing<T> {
    /// Where it is listed, for errors.
    path: &'static str,
    /// How often what was fetched until then became too old for somebody.
    generation: u64,
    /// The generation that the end of the last write began.
    written: u64,
    /// The last view, of whatever age.
    view: Option<View<T>>,
    /// The last fetch that was begun, until it ends.
    flight: Option<Flight<T>>,
    /// How the last fetch failed, if it did.
    failure: Option<Failed>,
}

/// How new a view a reader needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Since {
    /// The last write of this process.
    LastWrite,
    /// This moment: the reader decides what became of a write.
    Now,
}

struct View<T> {
    listed: Arc<T>,
    /// The generation in which its fetch began.
    generation: u64,
    /// When its fetch began.
    began: Instant,
    /// When it was handed out last.
    used: Instant,
}

/// A fetch under way.
struct Flight<T> {
    /// The generation in which it began.
    generation: u64,
    /// What it is made for, and what ends it.
    operation: Operation,
    landed: watch::Receiver<Option<Fetched<T>>>,
}

/// A fetch that failed.
struct Failed {
    failure: ListFailure,
    at: Instant,
    /// Whether its requests were repeated.
    repeated: bool,
}

/// Who asks.
struct Reader<'a> {
    operation: &'a Operation,
    /// The oldest generation that serves.
    generation: u64,
    since: Since,
}

/// What a reader is to do.
enum Turn<T> {
    Take(Fetched<T>),
    /// Wait for a fetch that somebody else began.
    Join(Flight<T>),
    /// Wait for the end of a fetch that began too early.
    Outwait(Flight<T>),
    /// Begin this one, and wait for it.
    Begin(Flight<T>, watch::Sender<Option<Fetched<T>>>),
}

/// Gets what is listed, from a fetch that is new enough. `listing` is one of those that one lock
/// holds. Calls `fetch` where nobody else is at it, with an operation that only an interrupt ends.
pub(super) async fn get<S, T, F>(
    state: &Arc<Mutex<S>>,
    listing: fn(&mut S) -> &mut Listing<T>,
    operation: &Operation,
    since: Since,
    fetch: impl Fn(Operation) -> F,
) -> Fetched<T>
where
    S: Send + 'static,
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + Send + 'static,
{
    let start = Instant::now();
    let (path, generation) = {
        let mut state = lock(state);
        let listing = listing(&mut state);
        (listing.path, listing.generation_for(since))
    };
    operation
        .may_begin()
        .map_err(|ended| ended.into_error(Exchange::unsent("GET", path), None))?;
    let reader = Reader {
        operation,
        generation,
        since,
    };
    loop {
        let turn = listing(&mut lock(state)).turn(&reader);
        let (mut flight, is_own, serves) = match turn {
            Turn::Take(fetched) => return fetched,
            Turn::Join(flight) => (flight, false, true),
            Turn::Outwait(flight) => (flight, false, false),
            Turn::Begin(flight, sender) => {
                let fetched = fetch(flight.operation.clone());
                begin(Arc::clone(state), listing, &flight, fetched, sender);
                (flight, true, true)
            }
        };
        let landed = operation.wait_for(async {
            let landed = flight.landed.wait_for(Option::is_some).await;
            landed.ok().and_then(|fetched| fetched.clone())
        });
        match landed.await {
            Ok(_) if !serves => {}
            Ok(Some(Err(failure)))
                if !is_own && !reader.accepts(&failure.error, flight.operation.repeats()) => {}
            Ok(Some(fetched)) => return fetched,
            // The task is gone without a result: it panicked. Here it panics for this reader.
            Ok(None) => return Ok(Arc::new(fetch(flight.operation).await?)),
            Err(ended) => {
                let setback = flight.operation.setback();
                let exchange = match setback.as_ref().and_then(Error::exchange) {
                    Some(exchange) => exchange.clone(),
                    None => Exchange {
                        attempts: 1,
                        ..Exchange::unsent("GET", path)
                    },
                };
                let exchange = Exchange {
                    elapsed: start.elapsed(),
                    ..exchange
                };
                let why = setback.or_else(|| ended.unanswered(&exchange));
                return Err(ended.into_error(exchange, why).into());
            }
        }
    }
}

fn begin<S, T>(
    state: Arc<Mutex<S>>,
    listing: fn(&mut S) -> &mut Listing<T>,
    flight: &Flight<T>,
    fetched: impl Future<Output = Result<T, Error>> + Send + 'static,
    sender: watch::Sender<Option<Fetched<T>>>,
) where
    S: Send + 'static,
    T: Send + Sync + 'static,
{
    let (generation, began) = (flight.generation, Instant::now());
    let repeated = flight.operation.repeats();
    let flight = async move {
        let fetched = fetched.await.map(Arc::new).map_err(ListFailure::from);
        let mut state = lock(&state);
        listing(&mut state).land(&fetched, generation, began, repeated);
        // Nobody may be left to hear of it.
        sender.send_replace(Some(fetched));
    };
    tokio::spawn(flight.in_current_span());
}

/// No code panics while it holds the lock.
pub(super) fn lock<S>(state: &Mutex<S>) -> MutexGuard<'_, S> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Listing<T> {
    /// What `GET path` lists. Nothing is fetched yet.
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

    /// Notes that a write ended: what was fetched before may no longer be the truth.
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

    /// The last view, of whatever age.
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

impl Reader<'_> {
    /// Whether somebody else's failure is this reader's, too.
    fn accepts(&self, error: &Error, repeated: bool) -> bool {
        match error {
            // Somebody else's interrupt.
            Error::Stopped { .. } => self.operation.may_begin().is_err(),
            _ => repeated || !self.operation.repeats(),
        }
    }
}

impl ListFailure {
    /// Whether nobody told a user of this failure before. From now on somebody has.
    #[must_use]
    pub fn is_news(&self) -> bool {
        !self.is_told.swap(true, Ordering::Relaxed)
    }

    /// Whether the API could not be reached, or did not answer.
    pub(super) fn is_outage(&self) -> bool {
        use TransportFailure::{Barred, Connect, Timeout};
        matches!(
            self.error,
            Error::Transport {
                failure: Connect | Barred | Timeout,
                ..
            }
        )
    }

    fn kept_for(&self) -> Duration {
        if self.is_outage() { OUTAGE } else { KEPT }
    }
}

impl From<Error> for ListFailure {
    fn from(error: Error) -> Self {
        Self {
            error,
            is_told: Arc::default(),
        }
    }
}

impl From<ListFailure> for Error {
    fn from(failure: ListFailure) -> Self {
        failure.error
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
