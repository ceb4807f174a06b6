//! One change to many SIMs.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::OnceCell;

use super::{Failure, Goal, Outcome};
use crate::onomondo::{Client, Error, Mapping, Operation, Sim, SimFilter};

/// The number of concurrent requests. The client's pace limits how many it sends in a minute.
const AT_ONCE: usize = 10;

/// The batch gives up after this many failures in a row, not counting failures about a single SIM.
/// It then sends nothing more, so an unreachable API costs seconds, no matter how many SIMs there
/// are.
const FAILURES_IN_A_ROW: usize = 10;

/// The batch logs its progress each time it has tried this many SIMs.
const PROGRESS: usize = 100;

/// One SIM to change.
pub(super) struct Item<'a> {
    /// The SIM ID or ICCID as the configuration spells it.
    pub(super) spelling: &'a str,
    /// The SIM, if the listing of the connector contains it.
    pub(super) sim: Option<&'a Sim>,
}

/// A change to many SIMs, and its progress.
pub(super) struct Batch<'a> {
    client: &'a Client,
    operation: &'a Operation,
    goal: Goal<'a>,
    total: usize,
    tried: AtomicUsize,
    failures_in_a_row: AtomicUsize,
    has_given_up: AtomicBool,
    /// Whether SIMs are mapped to the connector, so that it exists.
    has_sims: AtomicBool,
    /// Whether the connector is missing from the account. Looked up when the API first refuses a
    /// SIM.
    connector_is_missing: OnceCell<bool>,
}

/// The result of changing one SIM.
enum Fate {
    Done {
        iccid: Option<String>,
    },
    /// The response does not show the result. If the request failed, this holds its error.
    Unsettled(Option<Error>),
    Failed(Failure),
    Untried(Option<Error>),
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        client: &'a Client,
        operation: &'a Operation,
        goal: Goal<'a>,
        has_sims: bool,
        total: usize,
    ) -> Self {
        Self {
            client,
            operation,
            goal,
            total,
            tried: AtomicUsize::new(0),
            failures_in_a_row: AtomicUsize::new(0),
            has_given_up: AtomicBool::new(false),
            has_sims: AtomicBool::new(has_sims),
            connector_is_missing: OnceCell::new(),
        }
    }

    /// Changes these SIMs. Always waits for requests that were sent.
    pub(super) async fn run<'b>(&self, items: Vec<Item<'b>>) -> Outcome<'b> {
        let mut outcome = Outcome::default();
        let mut unsettled = Vec::new();
        let mut waiting = items.into_iter();
        let mut under_way = FuturesUnordered::new();
        loop {
            while under_way.len() < AT_ONCE
                && let Some(item) = waiting.next()
            {
                under_way.push(self.change(item));
            }
            let Some((spelling, fate)) = under_way.next().await else {
                break;
            };
            match fate {
                Fate::Done { iccid } => outcome.note_done(spelling, iccid),
                Fate::Unsettled(error) => unsettled.push((spelling, error)),
                Fate::Failed(failure) => outcome.note_failed(spelling, failure),
                Fate::Untried(ended_by) => outcome.note_untried(spelling, ended_by),
            }
        }
        if !unsettled.is_empty() {
            self.settle(unsettled, &mut outcome).await;
        }
        if self.connector_is_missing.get() == Some(&true) {
            outcome.note_missing_connector();
        }
        outcome
    }

    async fn change<'b>(&self, item: Item<'b>) -> (&'b str, Fate) {
        if self.has_given_up.load(Ordering::Relaxed) && !self.has_reached_goal(&item) {
            return (item.spelling, Fate::Untried(None));
        }
        let (client, operation) = (self.client, self.operation);
        let mapping = match (self.goal, item.sim) {
            (Goal::MappedTo(connector), listed) => {
                client
                    .map_sim(operation, item.spelling, listed, connector)
                    .await
            }
            (Goal::UnmappedFrom(_), Some(sim)) => client.unmap_sim(operation, sim).await,
            (Goal::UnmappedFrom(_), None) => Ok(Mapping::AsItWas),
        };
        let fate = match mapping {
            Ok(mapping) => {
                // Only a response shows that the API can be reached.
                if matches!(mapping, Mapping::Accepted(_)) {
                    self.has_sims.store(true, Ordering::Relaxed);
                    self.failures_in_a_row.store(0, Ordering::Relaxed);
                }
                self.accepted(mapping)
            }
            Err(error) => self.failed(error).await,
        };
        self.tell();
        (item.spelling, fate)
    }

    /// Whether the listing shows that the SIM needs no change.
    fn has_reached_goal(&self, item: &Item<'_>) -> bool {
        item.sim.is_some() == self.goal.mapped_to().is_some()
    }

    fn accepted(&self, mapping: Mapping) -> Fate {
        match (self.goal, mapping) {
            (_, Mapping::Accepted(None)) => Fate::Unsettled(None),
            (Goal::MappedTo(connector), Mapping::Claimed(other)) if connector != other => {
                Fate::Failed(Failure::Claimed(other))
            }
            (_, Mapping::AsItWas | Mapping::Claimed(_)) => Fate::Done { iccid: None },
            (goal, Mapping::Accepted(Some(sim))) => {
                let is_done = match goal {
                    Goal::MappedTo(connector) => sim.is_mapped_to(connector),
                    Goal::UnmappedFrom(connector) => !sim.is_mapped_to(connector),
                };
                if is_done {
                    Fate::Done { iccid: sim.iccid }
                } else {
                    Fate::Failed(Failure::Ignored(sim.connector))
                }
            }
        }
    }

    async fn failed(&self, error: Error) -> Fate {
        let was_sent = error
            .exchange()
            .is_some_and(|exchange| exchange.attempts > 0);
        match &error {
            Error::Stopped { .. } | Error::DeadlineExceeded { .. } if !was_sent => {
                return Fate::Untried(Some(error));
            }
            // The other SIMs would fail with the same error.
            Error::Unauthorized(_) | Error::NotConfigured { .. } | Error::Setup { .. } => {
                self.give_up();
            }
            Error::Invalid(_) | Error::NotFound(_) | Error::Conflict(_) => {
                self.failures_in_a_row.store(0, Ordering::Relaxed);
                if self.lacks_its_connector().await {
                    self.give_up();
                }
            }
            Error::Forbidden(_) => self.failures_in_a_row.store(0, Ordering::Relaxed),
            _ => {
                let in_a_row = self.failures_in_a_row.fetch_add(1, Ordering::Relaxed) + 1;
                if in_a_row >= FAILURES_IN_A_ROW {
                    self.give_up();
                }
            }
        }
        if error.may_have_written() || matches!(error, Error::UnexpectedStatus { .. }) {
            Fate::Unsettled(Some(error))
        } else {
            Fate::Failed(Failure::Refused(error))
        }
    }

    fn give_up(&self) {
        self.has_given_up.store(true, Ordering::Relaxed);
    }

    /// Whether the API refused because the connector does not exist. If the API cannot tell, it is
    /// not asked again. The list may lack a connector that this process made, or that the API key
    /// cannot see.
    async fn lacks_its_connector(&self) -> bool {
        let Goal::MappedTo(connector) = self.goal else {
            return false;
        };
        if self.has_sims.load(Ordering::Relaxed) || self.client.is_ours(connector) {
            return false;
        }
        *self
            .connector_is_missing
            .get_or_init(async || {
                let found = self.client.find_connector(self.operation, connector).await;
                // Meanwhile, the API may have accepted another SIM.
                matches!(found, Ok(None)) && !self.has_sims.load(Ordering::Relaxed)
            })
            .await
    }

    /// Lists the SIMs again to find the result of changes whose responses did not show it.
    async fn settle<'b>(
        &self,
        unsettled: Vec<(&'b str, Option<Error>)>,
        outcome: &mut Outcome<'b>,
    ) {
        let filter = SimFilter::of_connector(self.goal.connector());
        let listed = self.client.sims_anew(self.operation, &filter).await;
        for (spelling, error) in unsettled {
            let failure = match (&listed, error) {
                (Ok(listed), error) => {
                    let found = listed.find(spelling);
                    if found.is_some() == self.goal.mapped_to().is_some() {
                        let iccid = found.and_then(|sim| sim.iccid.clone());
                        outcome.note_done(spelling, iccid);
                        continue;
                    }
                    let connector = found.and_then(|sim| sim.connector.clone());
                    error.map_or(Failure::Ignored(connector), |error| {
                        Failure::Refused(error.without_change())
                    })
                }
                (Err(_), Some(error)) => Failure::Unknown(error),
                // The API accepted the change. The next read shows the result.
                (Err(_), None) => {
                    outcome.note_done(spelling, None);
                    continue;
                }
            };
            outcome.note_failed(spelling, failure);
        }
    }

    fn tell(&self) {
        let tried = self.tried.fetch_add(1, Ordering::Relaxed) + 1;
        if tried.is_multiple_of(PROGRESS) {
            let (total, connector) = (self.total, self.goal.connector());
            match self.goal {
                Goal::MappedTo(_) => tracing::info!(connector, tried, total, "mapping SIMs"),
                Goal::UnmappedFrom(_) => tracing::info!(connector, tried, total, "unmapping SIMs"),
            }
        }
    }
}
