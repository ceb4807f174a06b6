//! One answer of the API for all who ask at about the same time.
//!
//! A refresh reads every connector, ten at a time, and the API has no request for one: without this,
//! each read would be a list of the whole account. What is handed out is a *view*: the answer to one
//! fetch. Its invariants:
//!
//! - **No view is older than a write.** Every write of this process raises the generation when it
//!   ends, however it ends. A reader takes only a view, or joins only a fetch, that began in the
//!   generation in which the reader asks; so the API was asked after each write that had ended by
//!   then. A write that ends while a reader waits makes that reader's view no less valid for it.
//! - **One fetch at a time and generation.** Whoever asks while a fetch of the same generation is
//!   under way waits for its view.
//! - **A view is used for a few seconds.** As long as it is asked for again and again, as in one
//!   refresh, up to [`LONGEST_USE`]; after [`PAUSE`] without a reader it is fetched anew.
//! - **Errors are never kept.** A failed fetch fails those who waited for it; the next one to ask
//!   begins another. But what could not be had with all its repeats is asked for once, without any,
//!   as long as it fails: a refresh of a thousand connectors must not wait out a dead API a hundred
//!   times.
//! - **No reader can spoil it for others.** The fetch runs in a task of its own. A reader whose
//!   operation is interrupted, or out of time, leaves; the fetch goes on. A fetch that ended because
//!   the operation it was begun for was interrupted is begun anew for a reader that was not.
//!
//! A `Shared` belongs to one client, and each configuration of the provider makes a client of its
//! own: two accounts never meet here, whatever else one process serves.

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::Instant};
use tracing::Instrument as _;

use crate::onomondo::{Error, Exchange, Operation};

/// How long a view is kept while nobody asks for it.
const PAUSE: Duration = Duration::from_secs(5);

/// How long a view is used from the start of its fetch, however often it is asked for.
const LONGEST_USE: Duration = Duration::from_mins(1);

/// How long a failure is remembered, though not kept.
const OUTAGE: Duration = Duration::from_secs(30);

/// What a fetch comes to.
pub(in crate::onomondo) type Fetched<T> = Result<Arc<[T]>, Error>;

/// The objects that one request lists, fetched when they are asked for. Clones share them.
pub(in crate::onomondo) struct Shared<T> {
    /// Where they are listed, for errors.
    path: &'static str,
    state: Arc<Mutex<State<T>>>,
}

struct State<T> {
    /// How often what was fetched until then became old: with the end of every write.
    generation: u64,
    /// The last view, if it began in this generation.
    view: Option<View<T>>,
    /// The last fetch that was begun, until it ends.
    flight: Option<Flight<T>>,
    /// When the last fetch failed, if it did.
    failed: Option<Instant>,
}

/// Held while a request changes what is listed.
pub(in crate::onomondo) struct Write<'a, T: Send + Sync + 'static>(&'a Shared<T>);

struct View<T> {
    objects: Arc<[T]>,
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

/// What a reader is to do.
enum Turn<T> {
    Take(Arc<[T]>),
    /// Wait for a fetch that somebody else began.
    Join(Flight<T>),
    /// Begin this one, and wait for it.
    Begin(Flight<T>, watch::Sender<Option<Fetched<T>>>),
}

impl<T: Send + Sync + 'static> Shared<T> {
    /// Objects that `GET path` lists. Nothing is fetched yet.
    pub(in crate::onomondo) fn new(path: &'static str) -> Self {
        let state = State {
            generation: 0,
            view: None,
            flight: None,
            failed: None,
        };
        Self {
            path,
            state: Arc::new(Mutex::new(state)),
        }
    }

    /// The objects, from a fetch that began after every write that has ended by now. Calls `fetch`
    /// where nobody else is at it, with an operation that only an interrupt ends.
    pub(in crate::onomondo) async fn get<F>(
        &self,
        operation: &Operation,
        fetch: impl Fn(Operation) -> F,
    ) -> Fetched<T>
    where
        F: Future<Output = Fetched<T>> + Send + 'static,
    {
        let start = Instant::now();
        operation.may_begin().map_err(|ended| {
            let unsent = Exchange::unsent("GET", self.path);
            ended.into_error(unsent, None)
        })?;
        loop {
            let (mut flight, is_own) = match self.turn(operation) {
                Turn::Take(objects) => return Ok(objects),
                Turn::Join(flight) => (flight, false),
                Turn::Begin(flight, sender) => {
                    self.begin(fetch(flight.operation.clone()), sender, flight.generation);
                    (flight, true)
                }
            };
            let landed = operation.wait_for(async {
                let landed = flight.landed.wait_for(Option::is_some).await;
                landed.ok().and_then(|fetched| fetched.clone())
            });
            match landed.await {
                // Somebody else's interrupt.
                Ok(Some(Err(Error::Stopped { .. })))
                    if !is_own && operation.may_begin().is_ok() => {}
                Ok(Some(fetched)) => return fetched,
                // The task is gone without a result: it panicked. Here it panics for this reader.
                Ok(None) => return fetch(flight.operation).await,
                Err(ended) => {
                    let setback = flight.operation.setback();
                    let exchange = match setback.as_ref().and_then(Error::exchange) {
                        Some(exchange) => exchange.clone(),
                        None => Exchange {
                            attempts: 1,
                            ..Exchange::unsent("GET", self.path)
                        },
                    };
                    let elapsed = start.elapsed();
                    return Err(ended.into_error(
                        Exchange {
                            elapsed,
                            ..exchange
                        },
                        setback,
                    ));
                }
            }
        }
    }

    /// A write that begins now, and ends when this is dropped.
    pub(in crate::onomondo) fn write(&self) -> Write<'_, T> {
        Write(self)
    }

    /// Notes that what was fetched before may no longer be the truth.
    pub(in crate::onomondo) fn outdate(&self) {
        let mut state = self.state();
        state.generation += 1;
        state.view = None;
    }

    fn turn(&self, operation: &Operation) -> Turn<T> {
        let mut state = self.state();
        let (now, generation) = (Instant::now(), state.generation);
        if let Some(view) = state.view.as_mut().filter(|view| view.is_fresh(now)) {
            view.used = now;
            return Turn::Take(Arc::clone(&view.objects));
        }
        let of_now = |flight: &&Flight<T>| flight.generation == generation && !flight.has_crashed();
        if let Some(flight) = state.flight.as_ref().filter(of_now) {
            return Turn::Join(flight.clone());
        }
        let (sender, landed) = watch::channel(None);
        let mut operation = operation.for_others();
        if state.failed.is_some_and(|failed| now - failed < OUTAGE) {
            operation = operation.without_repeats();
        }
        let flight = Flight {
            generation,
            operation,
            landed,
        };
        state.flight = Some(flight.clone());
        Turn::Begin(flight, sender)
    }

    fn begin(
        &self,
        fetched: impl Future<Output = Fetched<T>> + Send + 'static,
        sender: watch::Sender<Option<Fetched<T>>>,
        generation: u64,
    ) {
        let (shared, began) = (self.clone(), Instant::now());
        let flight = async move {
            let fetched = fetched.await;
            let mut state = shared.state();
            state.failed = match &fetched {
                Ok(_) | Err(Error::Stopped { .. }) => None,
                Err(_) => Some(Instant::now()),
            };
            if state.generation == generation {
                state.flight = None;
                state.view = fetched.as_ref().ok().map(|objects| View {
                    objects: Arc::clone(objects),
                    began,
                    used: Instant::now(),
                });
            }
            // Nobody may be left to hear of it.
            sender.send_replace(Some(fetched));
        };
        tokio::spawn(flight.in_current_span());
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // No code above panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
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

impl<T: Send + Sync + 'static> Drop for Write<'_, T> {
    fn drop(&mut self) {
        self.0.outdate();
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

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self {
            path: self.path,
            state: Arc::clone(&self.state),
        }
    }
}

#[cfg(test)]
mod tests;
