//! Whether the API is there at all, as all requests of a client have met it: what one of them waited
//! for in vain, the others need not wait for again.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::onomondo::TransportFailure;

/// How long the API is asked for a connection that it does not take.
const UNREACHABLE: Duration = Duration::from_secs(10);

/// After so long without another failure to connect, the API may be back.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// What the requests of one client have met.
#[derive(Debug, Default)]
pub(in crate::onomondo) struct Reach(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Whether anything was ever answered.
    is_proven: bool,
    outage: Option<Outage>,
}

/// No connection, one attempt after the other.
#[derive(Debug, Clone, Copy)]
struct Outage {
    /// When the first of those attempts began.
    since: Instant,
    /// When the last of them ended.
    last: Instant,
    /// Whether a request was sent as often as it may be.
    is_given_up: bool,
}

impl Reach {
    /// Whether the API has ever answered.
    pub(super) fn is_proven(&self) -> bool {
        self.state().is_proven
    }

    /// Notes an answer, of whatever kind.
    pub(in crate::onomondo) fn note_answer(&self) {
        *self.state() = State {
            is_proven: true,
            outage: None,
        };
    }

    /// Notes an attempt that began at `start` and got no answer.
    pub(super) fn note_failure(&self, failure: TransportFailure, start: Instant) {
        let mut state = self.state();
        let now = Instant::now();
        match failure {
            TransportFailure::Connect => {
                let earlier = state.outage.filter(|it| it.last + FORGOTTEN > now);
                state.outage = Some(Outage {
                    since: earlier.map_or(start, |it| it.since),
                    last: now,
                    is_given_up: earlier.is_some_and(|it| it.is_given_up),
                });
            }
            // There was a connection.
            TransportFailure::Interrupted | TransportFailure::Unprocessed => state.outage = None,
            TransportFailure::Barred | TransportFailure::Timeout => {}
        }
    }

    /// Whether another attempt to connect after `wait` is not worth it.
    pub(super) fn is_lost(&self, wait: Duration) -> bool {
        self.state()
            .outage
            .is_some_and(|it| it.is_given_up || it.since.elapsed() + wait > UNREACHABLE)
    }

    /// Notes that a request that got no connection is not sent again.
    pub(super) fn give_up(&self) {
        if let Some(outage) = &mut self.state().outage {
            outage.is_given_up = true;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// An attempt that takes a second and gets no connection.
    async fn refused(reach: &Reach) {
        let start = Instant::now();
        tokio::time::sleep(SECOND).await;
        reach.note_failure(TransportFailure::Connect, start);
    }

    #[tokio::test(start_paused = true)]
    async fn all_requests_together_wait_for_a_connection_for_seconds() {
        let reach = Reach::default();
        for _ in 0..9 {
            refused(&reach).await;
            assert!(!reach.is_lost(SECOND));
        }
        refused(&reach).await;
        assert!(reach.is_lost(SECOND));
        reach.note_answer();
        assert!(!reach.is_lost(SECOND) && reach.is_proven());
    }

    #[tokio::test(start_paused = true)]
    async fn what_one_request_gave_up_the_others_do_not_wait_for() {
        let reach = Reach::default();
        refused(&reach).await;
        reach.give_up();
        refused(&reach).await;
        assert!(reach.is_lost(Duration::ZERO));
        tokio::time::sleep(FORGOTTEN).await;
        refused(&reach).await;
        assert!(!reach.is_lost(SECOND));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_in_between_begins_anew() {
        let reach = Reach::default();
        refused(&reach).await;
        assert!(reach.is_lost(9 * SECOND + SECOND));
        reach.note_failure(TransportFailure::Interrupted, Instant::now());
        assert!(!reach.is_lost(10 * SECOND));
        refused(&reach).await;
        assert!(!reach.is_lost(9 * SECOND));
    }
}
