//! The listings of SIMs, one for each filter.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex},
};

use tokio::time::Instant;

use super::{
    listing::{self, Fetched, ListFailure, Listing, OUTAGE, Since, lock},
    sims::{SimFilter, Sims},
};
use crate::onomondo::{Error, Operation};

/// Each listing keeps the invariants of `listing`. Facts that do not depend on the filter are
/// shared: a change of a mapping outdates all of them, and if one could not reach the API, the
/// others do not try for a minute, unless the API answers before then.
#[derive(Default)]
pub(super) struct SimListings {
    by_filter: Mutex<HashMap<SimFilter, Arc<Mutex<Listing<Sims>>>>>,
    outage: Mutex<Option<(Instant, ListFailure)>>,
}

impl SimListings {
    /// The SIMs that match a filter. `fetch` gets them.
    pub(super) async fn get<F>(
        &self,
        operation: &Operation,
        filter: &SimFilter,
        since: Since,
        fetch: impl Fn(Operation) -> F,
    ) -> Fetched<Sims>
    where
        F: Future<Output = Result<Sims, Error>> + Send + 'static,
    {
        if since == Since::LastWrite
            && let Some((at, failure)) = lock(&self.outage).clone()
            && at.elapsed() < OUTAGE
        {
            return Err(failure);
        }
        let listing = {
            let mut by_filter = lock(&self.by_filter);
            let new = || Arc::new(Mutex::new(Listing::new("/sims")));
            Arc::clone(by_filter.entry(filter.clone()).or_insert_with(new))
        };
        let fetched = listing::get(&listing, |listing| listing, operation, since, fetch).await;
        *lock(&self.outage) = match &fetched {
            Err(failure) if failure.is_outage() => Some((Instant::now(), failure.clone())),
            _ => None,
        };
        fetched
    }

    /// Notes that the API answers.
    pub(super) fn end_outage(&self) {
        *lock(&self.outage) = None;
        for listing in lock(&self.by_filter).values() {
            lock(listing).end_outage();
        }
    }

    /// Notes that a mapping may have changed.
    pub(super) fn outdate(&self) {
        for listing in lock(&self.by_filter).values() {
            lock(listing).outdate();
        }
    }
}
