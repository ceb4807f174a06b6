//! A reader: takes a view, joins a fetch, or starts one.

use std::{
    future::Future,
    sync::{Arc, Mutex},
};

use tokio::{sync::watch, time::Instant};
use tracing::Instrument as _;

use super::{Fetched, Flight, ListFailure, Listing, Since, Turn, lock};
use crate::onomondo::{Error, Exchange, Operation};

/// A reader.
pub(super) struct Reader<'a> {
    pub(super) operation: &'a Operation,
    /// The oldest generation that is recent enough.
    pub(super) generation: u64,
    pub(super) since: Since,
}

/// Gets the list from a recent enough fetch. `listing` selects a listing in the locked state. Calls
/// `fetch` if no other reader does, with an operation that only an interrupt ends.
pub(in crate::onomondo::account) async fn get<S, T, F>(
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
            // The task ended without a result because it panicked. This repeats the panic for this
            // reader.
            Ok(None) => return Ok(Arc::new(fetch(flight.operation).await?)),
            Err(ended) => {
                let setback = flight.operation.setback();
                let exchange = match setback.as_ref().and_then(Error::exchange) {
                    Some(exchange) => exchange.clone(),
                    None => Exchange {
                        attempts: flight.operation.was_sent().into(),
                        ..Exchange::unsent("GET", path)
                    },
                };
                let exchange = Exchange {
                    elapsed: start.elapsed(),
                    ..exchange
                };
                let unanswered = || {
                    ended
                        .unanswered(&exchange)
                        .filter(|_| exchange.attempts > 0)
                };
                let why = setback.or_else(unanswered);
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
        // There may be no reader left.
        sender.send_replace(Some(fetched));
    };
    tokio::spawn(flight.in_current_span());
}

impl Reader<'_> {
    /// Whether another reader's failure also answers this reader.
    pub(super) fn accepts(&self, error: &Error, repeated: bool) -> bool {
        match error {
            // Another reader's interrupt.
            Error::Stopped { .. } => self.operation.may_begin().is_err(),
            _ => repeated || !self.operation.repeats(),
        }
    }
}
