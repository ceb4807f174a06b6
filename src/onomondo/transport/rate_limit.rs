//! Limits how fast this process sends requests.
//!
//! Two mechanisms delay a request from any caller:
//!
//! - **A token bucket** keeps the rate below `requests_per_minute`. A quarter of a minute's
//!   requests may start at once, and the rest follow evenly, so that no minute exceeds the limit.
//!   With a larger burst, a long apply would use less of the limit. With a smaller one, an apply of
//!   a hundred connectors would have to wait.
//! - **A gate** closes for a while after some of the API's answers: `Retry-After`, a 429, or
//!   `x-ratelimit-remaining: 0` before a 429. If only the refused request waited, all others would
//!   be refused too.
//!
//! An interrupt or the operation's deadline ends every wait.

use std::{
    num::NonZeroU32,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use governor::{
    Quota, RateLimiter,
    clock::Clock,
    middleware::NoOpMiddleware,
    state::{InMemoryState, NotKeyed},
};
use tokio::time::Instant;

use super::operation::Ended;
use crate::onomondo::{Error, Operation};

const MINUTE: Duration = Duration::from_mins(1);

/// The pace of one client.
pub(in crate::onomondo) struct Pace {
    bucket: RateLimiter<NotKeyed, InMemoryState, Clockwork, NoOpMiddleware<Duration>>,
    clock: Clockwork,
    gate: Mutex<Option<Closed>>,
    /// Whether a user was told that requests wait for the bucket.
    told: AtomicBool,
}

/// A closed gate.
#[derive(Clone)]
struct Closed {
    until: Instant,
    /// The failure that closed it, if any.
    cause: Option<Error>,
}

impl Pace {
    pub(in crate::onomondo) fn new(per_minute: NonZeroU32) -> Self {
        let clock = Clockwork(Instant::now());
        Self {
            bucket: RateLimiter::direct_with_clock(quota(per_minute), clock.clone()),
            clock,
            gate: Mutex::default(),
            told: AtomicBool::new(false),
        }
    }

    /// Waits until a request may start. Fails if the operation ends first, with the reason for the
    /// wait.
    pub(in crate::onomondo) async fn ready(
        &self,
        operation: &Operation,
    ) -> Result<(), (Ended, Option<Error>)> {
        loop {
            if let Some(Closed { until, cause }) = self.closed() {
                match operation.wait(until - Instant::now()).await {
                    Ok(()) => continue,
                    Err(Ended::Stopped) if operation.may_begin().is_ok() => return Ok(()),
                    Err(ended) => return Err((ended, cause)),
                }
            }
            let Err(not_until) = self.bucket.check() else {
                return Ok(());
            };
            let wait = not_until.wait_time_from(self.clock.now());
            self.tell(wait);
            match operation.wait(wait).await {
                Ok(()) => {}
                Err(Ended::Stopped) if operation.may_begin().is_ok() => return Ok(()),
                Err(ended) => return Err((ended, None)),
            }
        }
    }

    /// Delays every request from now on. `cause` is the failure that asks for it.
    pub(in crate::onomondo) fn close(&self, wait: Duration, cause: Option<&Error>) {
        let until = Instant::now() + wait;
        let mut gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        if gate.as_ref().is_none_or(|closed| closed.until < until) {
            *gate = Some(Closed {
                until,
                cause: cause.cloned(),
            });
        }
    }

    fn closed(&self) -> Option<Closed> {
        let mut gate = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        gate.take_if(|closed| closed.until <= Instant::now());
        gate.clone()
    }

    fn tell(&self, wait: Duration) {
        let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        if self.told.swap(true, Ordering::Relaxed) {
            tracing::debug!(wait_ms, "waiting: `requests_per_minute` is used up");
        } else {
            tracing::warn!(
                wait_ms,
                "more requests at once than `requests_per_minute` allows; from now on, they are \
                 sent at even intervals"
            );
        }
    }
}

/// A full bucket, plus one minute of refill, equals the limit.
fn quota(per_minute: NonZeroU32) -> Quota {
    let burst = NonZeroU32::new(per_minute.get() / 4).unwrap_or(NonZeroU32::MIN);
    // The first request of a minute counts in both.
    let flow = per_minute.get() - burst.get() + 1;
    Quota::with_period(MINUTE / flow)
        // Only a period of zero has no quota, and a minute has more nanoseconds than there can be
        // requests.
        .unwrap_or(Quota::per_minute(per_minute))
        .allow_burst(burst)
}

/// tokio's clock, which tests can pause.
#[derive(Clone)]
struct Clockwork(Instant);

impl Clock for Clockwork {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use tokio_util::sync::CancellationToken;

    use super::*;

    fn pace(per_minute: u32) -> Pace {
        Pace::new(NonZeroU32::new(per_minute).unwrap())
    }

    fn operation() -> Operation {
        Operation::new(CancellationToken::new(), None)
    }

    /// The start times of this many requests, each made as soon as possible.
    async fn departures(pace: &Pace, count: u32) -> Vec<Duration> {
        let start = Instant::now();
        let mut departures = Vec::new();
        for _ in 0..count {
            pace.ready(&operation()).await.unwrap();
            departures.push(start.elapsed());
        }
        departures
    }

    #[tokio::test(start_paused = true)]
    async fn no_minute_has_more_requests_than_the_ceiling() {
        for ceiling in [1, 2, 3, 7, 60, 600] {
            let departures = departures(&pace(ceiling), 3 * ceiling + 1).await;
            for window in departures.windows(usize::try_from(ceiling).unwrap() + 1) {
                let took = window.last().unwrap().saturating_sub(window[0]);
                // Paused time moves in milliseconds.
                assert!(
                    took + Duration::from_millis(1) >= MINUTE,
                    "{ceiling}: {took:?}"
                );
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_hundred_requests_leave_at_once_and_none_waits_for_a_high_ceiling() {
        assert_eq!(departures(&pace(600), 150).await[149], Duration::ZERO);
        assert_eq!(
            departures(&pace(u32::MAX), 5000).await[4999],
            Duration::ZERO
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_gate_holds_every_request_until_the_latest_time_asked_for() {
        let pace = pace(600);
        pace.close(Duration::from_secs(30), None);
        pace.close(Duration::from_secs(10), None);
        let start = Instant::now();
        let (one, other) = (operation(), operation());
        let (one, other) = tokio::join!(pace.ready(&one), pace.ready(&other));
        assert!(one.is_ok() && other.is_ok());
        assert_eq!(start.elapsed(), Duration::from_secs(30));
        pace.ready(&operation()).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(30));
    }

    #[tokio::test(start_paused = true)]
    async fn an_interrupt_and_a_deadline_end_the_wait_and_the_cause_is_kept() {
        let pace = pace(600);
        let cause = Error::NotConfigured {
            unknown: Vec::new(),
        };
        pace.close(MINUTE, Some(&cause));
        let deadline = Instant::now() + Duration::from_secs(30);
        let bounded = Operation::new(CancellationToken::new(), Some(deadline));
        let (ended, told) = pace.ready(&bounded).await.unwrap_err();
        assert_eq!(ended, Ended::DeadlineExceeded);
        assert!(matches!(told, Some(Error::NotConfigured { .. })));

        let stop = CancellationToken::new();
        let stopped = Operation::new(stop.clone(), None);
        let (result, ()) = tokio::join!(pace.ready(&stopped), async { stop.cancel() });
        assert_eq!(result.unwrap_err().0, Ended::Stopped);
    }
}
