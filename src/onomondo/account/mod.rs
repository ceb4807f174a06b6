//! This process's knowledge of the account, shared by all calls. Everything about connectors and
//! their names has one lock.
//!
//! Onomondo does not document whether a POST with an existing name is refused or overwrites the
//! connector. So a create or rename checks the name first. One list serves all checks, and changes
//! made by this process keep it current.
//!
//! - `connectors`: the connectors of one list, found by name.
//! - `claims`: held while this process makes, removes, renames or empties a connector.
//! - `listing`: one answer for all readers that ask at about the same time.
//! - `names`: the names that this process made, renamed, removed, is making or is removing.
//! - `states`: what the states of this process show about names.
//! - `sims`: the SIMs of one listing. `sim_listings`: the listings of SIMs, one for each filter.
//! - `sim_turns`: makes changes to a SIM's mapping take turns.
//! - `free_name`: checks whether a name is taken, and waits if this process is about to free it.
//! - `patience`: how long to wait for a name that nothing frees yet.

pub(super) mod claims;
pub(super) mod connectors;
pub(super) mod free_name;
pub(super) mod listing;
pub(super) mod names;
mod patience;
mod sim_listings;
pub(super) mod sim_turns;
pub(super) mod sims;
mod states;

use std::{
    future::Future,
    mem,
    sync::{Arc, Mutex},
};

use tokio::sync::Notify;

use self::{
    connectors::Connectors,
    listing::{Fetched, Listing, Since, lock},
    names::Names,
    sim_listings::SimListings,
    sim_turns::SimTurns,
    sims::{SimFilter, Sims},
};
use super::{Error, Operation, Tag};

/// The known contents of the account. Clones share them.
#[derive(Clone)]
pub(super) struct Account {
    state: Arc<Mutex<State>>,
    /// Notified when the names change.
    changed: Arc<Notify>,
    sims: Arc<SimListings>,
    sim_turns: Arc<SimTurns>,
}

/// All known facts under one lock, so that a reader sees a consistent state.
struct State {
    connectors: Listing<Connectors>,
    tags: Listing<Vec<Tag>>,
    names: Names,
    /// Whether a check for a warning failed since the last list.
    gave_up: bool,
    /// Whether a user has seen the warning that a list lacks connectors of the state.
    told_of_missing: bool,
}

/// Held during a request that changes listed objects.
pub(super) struct Write<'a> {
    account: &'a Account,
    changed: Changed,
}

/// The kind of object that a request changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed {
    /// Connectors, and possibly the mappings of SIMs.
    Connectors,
    /// The mapping of a SIM.
    Sims,
}

impl Account {
    /// An account without any known facts.
    pub(super) fn new() -> Self {
        let state = State {
            connectors: Listing::new("/connectors"),
            tags: Listing::new("/tags/search/tags"),
            names: Names::default(),
            gave_up: false,
            told_of_missing: false,
        };
        Self {
            state: Arc::new(Mutex::new(state)),
            changed: Arc::default(),
            sims: Arc::default(),
            sim_turns: Arc::default(),
        }
    }

    /// The connectors of a recent enough list. `fetch` gets one.
    pub(super) async fn connectors<F>(
        &self,
        operation: &Operation,
        since: Since,
        fetch: impl Fn(Operation) -> F,
    ) -> Fetched<Connectors>
    where
        F: Future<Output = Result<Connectors, Error>> + Send + 'static,
    {
        let account = self.clone();
        listing::get(
            &self.state,
            connectors,
            operation,
            since,
            move |operation| {
                let (account, fetched) = (account.clone(), fetch(operation));
                async move {
                    let list = fetched.await?;
                    let mut state = lock(&account.state);
                    state.gave_up = false;
                    state.names.compare(&list);
                    Ok(list)
                }
            },
        )
        .await
    }

    /// The tags. `fetch` gets them.
    pub(super) async fn tags<F>(
        &self,
        operation: &Operation,
        fetch: impl Fn(Operation) -> F,
    ) -> Fetched<Vec<Tag>>
    where
        F: Future<Output = Result<Vec<Tag>, Error>> + Send + 'static,
    {
        listing::get(&self.state, tags, operation, Since::LastWrite, fetch).await
    }

    /// The SIMs that match a filter. `fetch` gets them.
    pub(super) async fn sims<F>(
        &self,
        operation: &Operation,
        filter: &SimFilter,
        since: Since,
        fetch: impl Fn(Operation) -> F,
    ) -> Fetched<Sims>
    where
        F: Future<Output = Result<Sims, Error>> + Send + 'static,
    {
        self.sims.get(operation, filter, since, fetch).await
    }

    /// Notes that the API answers, so that an earlier failure to reach it no longer counts.
    pub(super) fn end_outage(&self) {
        let mut state = lock(&self.state);
        state.connectors.end_outage();
        state.tags.end_outage();
        drop(state);
        self.sims.end_outage();
    }

    /// Makes changes to the mapping of a SIM take turns.
    pub(super) fn sim_turns(&self) -> &SimTurns {
        &self.sim_turns
    }

    /// A write that begins now and ends when this is dropped.
    pub(super) fn write(&self, changed: Changed) -> Write<'_> {
        Write {
            account: self,
            changed,
        }
    }

    /// Whether lists do not show objects that this process made, as for a key limited to tags.
    pub(super) fn is_invisible(&self) -> bool {
        lock(&self.state).names.are_invisible()
    }

    /// The names in a list that are not in the earlier list and were not made by this process.
    pub(super) fn unaccounted(&self, earlier: &Connectors, list: &Connectors) -> Vec<String> {
        let state = lock(&self.state);
        let mut names: Vec<String> = list
            .iter()
            .map(|connector| connector.name.clone())
            .filter(|name| !earlier.has(name) && !state.names.account_for(name))
            .collect();
        names.sort();
        names
    }

    /// The connectors in states of this process that a list lacks, if there are so many that the
    /// list is doubtful. Returns them once.
    pub(super) fn doubt(&self, list: &Connectors) -> Option<Vec<String>> {
        let mut state = lock(&self.state);
        let missing = state.names.missing(list);
        let is_doubtful = list.entries() == 0 || missing.len() > 1;
        let is_news = is_doubtful && !mem::replace(&mut state.told_of_missing, is_doubtful);
        is_news.then_some(missing)
    }

    /// Notes that this process renamed a connector.
    pub(super) fn note_renamed(&self, name: &str, new_name: &str) {
        self.change(|names| names.note_renamed(name, new_name));
    }

    /// Notes that this process made a connector with this name.
    pub(super) fn note_made(&self, name: &str) {
        self.change(|names| names.note_made(name));
    }

    fn change(&self, change: impl FnOnce(&mut Names)) {
        change(&mut lock(&self.state).names);
        self.changed.notify_waiters();
    }
}

fn connectors(state: &mut State) -> &mut Listing<Connectors> {
    &mut state.connectors
}

fn tags(state: &mut State) -> &mut Listing<Vec<Tag>> {
    &mut state.tags
}

impl Drop for Write<'_> {
    fn drop(&mut self) {
        if self.changed == Changed::Connectors {
            lock(&self.account.state).connectors.outdate();
        }
        self.account.sims.outdate();
    }
}
