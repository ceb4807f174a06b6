//! The time limit of one operation, and its interrupt.

use std::{
    future::Future,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{task::unconstrained, time::Instant};
use tokio_util::sync::CancellationToken;

use crate::onomondo::Error;

/// The minimum time for a request that settles an operation, even after the deadline.
const TIME_TO_SETTLE: Duration = Duration::from_secs(10);

/// The context of every call. One operation is one verb of one resource, with all its requests,
/// retries and waits.
///
/// After a stop, every wait ends at once and no other request starts, except one that settles
/// (`finishing`). A request that was sent finishes, so that its result is known. The deadline also
/// ends requests.
#[derive(Debug, Clone)]
pub struct Operation {
    stop: CancellationToken,
    deadline: Option<Instant>,
    /// Whether a first request may start after `stop` is cancelled.
    finishing: bool,
    /// Whether to retry a failed request if that is safe.
    repeats: bool,
    /// The last failure after which a request of this operation was or will be retried.
    setback: Arc<Mutex<Option<Error>>>,
    /// Whether a request was sent.
    was_sent: Arc<AtomicBool>,
}

/// The reason why an operation must end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Ended {
    Stopped,
    DeadlineExceeded,
}

impl Operation {
    /// An operation that `stop` interrupts and `deadline` limits, if given.
    #[must_use]
    pub fn new(stop: CancellationToken, deadline: Option<Instant>) -> Self {
        Self {
            stop,
            deadline,
            finishing: false,
            repeats: true,
            setback: Arc::default(),
            was_sent: Arc::default(),
        }
    }

    /// The same operation for a read that settles the result of an earlier request. Leaving that
    /// unknown could lose a connector. So the read runs even after an interrupt, and gets a little
    /// time after the deadline. Its waits still end.
    pub(in crate::onomondo) fn finishing(&self) -> Self {
        let settled = Instant::now() + TIME_TO_SETTLE;
        Self {
            finishing: true,
            deadline: self.deadline.map(|deadline| deadline.max(settled)),
            ..self.clone()
        }
    }

    /// An operation with the same interrupt but without a deadline, for a request that also serves
    /// others. A glance keeps its time limit.
    pub(in crate::onomondo) fn for_others(&self) -> Self {
        Self {
            deadline: self.deadline.filter(|_| !self.repeats),
            setback: Arc::default(),
            was_sent: Arc::default(),
            ..self.clone()
        }
    }

    /// The same operation for a request that may fail: it is sent once, with this time limit.
    pub(in crate::onomondo) fn glance(&self, at_most: Duration) -> Self {
        let end = Instant::now() + at_most;
        Self {
            deadline: Some(self.deadline.map_or(end, |deadline| deadline.min(end))),
            repeats: false,
            ..self.clone()
        }
    }

    /// Whether to retry a failed request.
    pub(in crate::onomondo) fn repeats(&self) -> bool {
        self.repeats
    }

    /// Notes a failure before a retry, for callers that wait for the request.
    pub(in crate::onomondo) fn note_setback(&self, error: &Error) {
        *self.setback.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
    }

    /// Notes that a request leaves, for callers that wait for it.
    pub(in crate::onomondo) fn note_sent(&self) {
        self.was_sent.store(true, Ordering::Relaxed);
    }

    /// Whether a request was sent.
    pub(in crate::onomondo) fn was_sent(&self) -> bool {
        self.was_sent.load(Ordering::Relaxed)
    }

    /// The last failure after which a request was or will be retried.
    pub(in crate::onomondo) fn setback(&self) -> Option<Error> {
        let setback = self.setback.lock();
        setback.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a first request may begin.
    pub(in crate::onomondo) fn may_begin(&self) -> Result<(), Ended> {
        if self.stop.is_cancelled() && !self.finishing {
            return Err(Ended::Stopped);
        }
        if self.deadline_has_passed() {
            return Err(Ended::DeadlineExceeded);
        }
        Ok(())
    }

    /// Whether the deadline has passed.
    pub(in crate::onomondo) fn deadline_has_passed(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| deadline <= Instant::now())
    }

    /// `timeout`, or the time until the deadline if that is shorter.
    pub(in crate::onomondo) fn at_most(&self, timeout: Duration) -> Duration {
        self.deadline.map_or(timeout, |deadline| {
            timeout.min(deadline.saturating_duration_since(Instant::now()))
        })
    }

    /// Waits for `delay`. Fails at once if the deadline would cut the wait short, since nothing
    /// could follow it.
    pub(in crate::onomondo) async fn wait(&self, delay: Duration) -> Result<(), Ended> {
        if self.stop.is_cancelled() {
            return Err(Ended::Stopped);
        }
        if self.at_most(delay) < delay {
            return Err(Ended::DeadlineExceeded);
        }
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(Ended::Stopped),
            () = tokio::time::sleep(delay) => Ok(()),
        }
    }

    /// Whether the operation has a deadline.
    pub(in crate::onomondo) fn is_bounded(&self) -> bool {
        self.deadline.is_some()
    }

    /// Waits for `delay`, or until the deadline if that comes first. Fails if an interrupt ends the
    /// wait.
    pub(in crate::onomondo) async fn pause(&self, delay: Duration) -> Result<(), Ended> {
        let end = Instant::now() + delay;
        let end = self.deadline.map_or(end, |deadline| deadline.min(end));
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(Ended::Stopped),
            () = tokio::time::sleep_until(end) => Ok(()),
        }
    }

    /// The same operation for the last request after a wait, which may have used up the time.
    pub(in crate::onomondo) fn after_wait(&self) -> Self {
        let deadline = if self.deadline_has_passed() {
            Some(Instant::now() + TIME_TO_SETTLE)
        } else {
            self.deadline
        };
        Self {
            deadline,
            ..self.clone()
        }
    }

    /// Waits for something that another operation holds or does. If the result is already
    /// available, an interrupt does not discard it: tokio's budget for a task must not make it look
    /// pending.
    pub(in crate::onomondo) async fn wait_for<T>(
        &self,
        wanted: impl Future<Output = T>,
    ) -> Result<T, Ended> {
        let deadline = async {
            match self.deadline {
                Some(deadline) => tokio::time::sleep_until(deadline).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            wanted = unconstrained(wanted) => Ok(wanted),
            // A settling read must start despite the interrupt.
            () = self.stop.cancelled(), if !self.finishing => Err(Ended::Stopped),
            () = deadline => Err(Ended::DeadlineExceeded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    #[tokio::test(start_paused = true)]
    async fn a_wait_takes_its_time_and_ends_at_once_when_stopped() {
        let stop = CancellationToken::new();
        let operation = Operation::new(stop.clone(), None);
        let start = Instant::now();
        assert_eq!(operation.wait(HOUR).await, Ok(()));
        assert_eq!(start.elapsed(), HOUR);

        let start = Instant::now();
        let (waited, ()) = tokio::join!(operation.wait(HOUR), async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            stop.cancel();
        });
        assert_eq!(waited, Err(Ended::Stopped));
        assert_eq!(start.elapsed(), Duration::from_secs(1));
        assert_eq!(operation.wait(HOUR).await, Err(Ended::Stopped));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_the_deadline_cuts_short_is_not_begun() {
        let deadline = Instant::now() + Duration::from_secs(10);
        let operation = Operation::new(CancellationToken::new(), Some(deadline));
        let start = Instant::now();
        assert_eq!(operation.wait(HOUR).await, Err(Ended::DeadlineExceeded));
        assert_eq!(start.elapsed(), Duration::ZERO);
        assert_eq!(operation.wait(Duration::from_secs(9)).await, Ok(()));
        assert_eq!(operation.at_most(HOUR), Duration::from_secs(1));
        assert_eq!(operation.may_begin(), Ok(()));
        assert_eq!(operation.wait(Duration::from_secs(1)).await, Ok(()));
        assert_eq!(operation.may_begin(), Err(Ended::DeadlineExceeded));
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_for_another_operation_is_a_wait_too() {
        let stop = CancellationToken::new();
        let deadline = Instant::now() + Duration::from_secs(10);
        let operation = Operation::new(stop.clone(), Some(deadline));
        let never = std::future::pending::<()>;
        assert_eq!(operation.wait_for(async { 7 }).await, Ok(7));
        assert_eq!(
            operation.wait_for(never()).await,
            Err(Ended::DeadlineExceeded)
        );
        stop.cancel();
        assert_eq!(operation.wait_for(never()).await, Err(Ended::Stopped));
    }

    #[tokio::test]
    async fn an_interrupt_does_not_end_a_wait_for_what_is_there() {
        let stop = CancellationToken::new();
        stop.cancel();
        let operation = Operation::new(stop, None);
        let lock = tokio::sync::Mutex::new(());
        // More than tokio lets a task do at a time.
        for _ in 0..1000 {
            assert!(operation.wait_for(lock.lock()).await.is_ok());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn after_the_deadline_only_a_settling_read_begins() {
        let operation = Operation::new(CancellationToken::new(), Some(Instant::now()));
        assert_eq!(operation.may_begin(), Err(Ended::DeadlineExceeded));
        assert_eq!(operation.finishing().may_begin(), Ok(()));
        assert_eq!(operation.finishing().at_most(HOUR), TIME_TO_SETTLE);
        let later = Operation::new(CancellationToken::new(), Some(Instant::now() + HOUR));
        assert_eq!(later.finishing().at_most(2 * HOUR), HOUR);
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_stop_only_a_settling_read_begins() {
        let stop = CancellationToken::new();
        stop.cancel();
        let operation = Operation::new(stop, None);
        assert_eq!(operation.may_begin(), Err(Ended::Stopped));
        assert_eq!(operation.finishing().may_begin(), Ok(()));
        assert_eq!(operation.finishing().wait(HOUR).await, Err(Ended::Stopped));
    }
}
