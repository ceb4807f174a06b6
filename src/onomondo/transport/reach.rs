//! Whether the API can be reached, judged by all requests of a client. If one of them waited in
//! vain, the others need not wait again.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::onomondo::TransportFailure;

/// How long to retry if the API accepts no connection.
const UNREACHABLE: Duration = Duration::from_secs(10);

/// After this long without another failure to connect, the API may be back.
const FORGOTTEN: Duration = Duration::from_secs(30);

/// The results of one client's requests.
#[derive(Debug, Default)]
pub(in crate::onomondo) struct Reach(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Whether there has ever been an answer.
    is_proven: bool,
    outage: Option<Outage>,
}

/// A series of attempts without a connection.
#[derive(Debug, Clone, Copy)]
struct Outage {
    /// The start of the first of these attempts.
    since: Instant,
    /// The end of the last of these attempts.
    last: Instant,
    /// Whether a request has used up its retries.
    is_given_up: bool,
}

impl Reach {
    /// Whether the API has ever answered.
    pub(super) fn is_proven(&self) -> bool {
        self.state().is_proven
    }

    /// Notes an answer of any kind.
    pub(in crate::onomondo) fn note_answer(&self) {
        *self.state() = State {
            is_proven: true,
            outage: None,
        };
    }

    /// Notes an attempt that started at `start` and got no answer.
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

    /// Whether another attempt to connect after `wait` is pointless.
    pub(super) fn is_lost(&self, wait: Duration) -> bool {
        self.state()
            .outage
            .is_some_and(|it| it.is_given_up || it.since.elapsed() + wait > UNREACHABLE)
    }

    /// Notes that a request without a connection is not retried.
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

    /// An attempt that takes one second and gets no connection.
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
    async fn after_one_request_gives_up_the_others_do_not_wait() {
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
    async fn a_connection_in_between_restarts_the_time() {
        let reach = Reach::default();
        refused(&reach).await;
        assert!(reach.is_lost(9 * SECOND + SECOND));
        reach.note_failure(TransportFailure::Interrupted, Instant::now());
        assert!(!reach.is_lost(10 * SECOND));
        refused(&reach).await;
        assert!(!reach.is_lost(9 * SECOND));
    }
}
