//! How long a request is repeated to an API that is not there: one that cannot be reached costs
//! seconds, not minutes, whatever the number of retries.

use std::time::Duration;

use tokio::time::Instant;

use crate::onomondo::TransportFailure;

/// How long the API is asked for a connection that it does not take.
const UNREACHABLE: Duration = Duration::from_secs(10);

/// How often a read waits for an answer in vain.
const UNANSWERED: u32 = 2;

/// What the attempts of one request have met.
#[derive(Debug, Default)]
pub(super) struct Patience {
    /// When the first of those attempts began that got no connection, one after the other.
    unreachable_since: Option<Instant>,
    /// How many attempts got no answer in time.
    unanswered: u32,
}

impl Patience {
    /// Whether another attempt after `wait` is not worth it. The last one began at `start`; it had an
    /// answer where there is no `failure`.
    pub(super) fn is_over(
        &mut self,
        failure: Option<TransportFailure>,
        is_read: bool,
        start: Instant,
        wait: Duration,
    ) -> bool {
        if failure != Some(TransportFailure::Connect) {
            self.unreachable_since = None;
        }
        match failure {
            Some(TransportFailure::Connect) => {
                let since = *self.unreachable_since.get_or_insert(start);
                since.elapsed() + wait > UNREACHABLE
            }
            Some(TransportFailure::Timeout) => {
                self.unanswered += 1;
                is_read && self.unanswered >= UNANSWERED
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::transport::retry;

    /// How long attempts that each take so long and fail like this go on, and how many there are.
    async fn goes_on(takes: Duration, failure: TransportFailure, is_read: bool) -> (Duration, u32) {
        let (begin, mut patience, mut attempts) = (Instant::now(), Patience::default(), 0);
        for wait in retry::waits(retry::FIRST_WAIT, 4) {
            let start = Instant::now();
            tokio::time::sleep(takes).await;
            attempts += 1;
            if patience.is_over(Some(failure), is_read, start, wait) {
                return (begin.elapsed(), attempts);
            }
            tokio::time::sleep(wait).await;
        }
        tokio::time::sleep(takes).await;
        (begin.elapsed(), attempts + 1)
    }

    const SECOND: Duration = Duration::from_secs(1);

    #[tokio::test(start_paused = true)]
    async fn an_address_that_takes_no_connection_costs_seconds() {
        let refused = goes_on(Duration::ZERO, TransportFailure::Connect, true).await;
        assert!(refused.0 <= 10 * SECOND && refused.1 >= 4, "{refused:?}");
        let silent = goes_on(10 * SECOND, TransportFailure::Connect, false).await;
        assert_eq!(silent, (10 * SECOND, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_read_without_an_answer_is_repeated_once_and_a_write_as_often_as_it_may_be() {
        let (_, reads) = goes_on(30 * SECOND, TransportFailure::Timeout, true).await;
        let (_, writes) = goes_on(30 * SECOND, TransportFailure::Timeout, false).await;
        assert_eq!((reads, writes), (2, 5));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_in_between_begins_anew() {
        let mut patience = Patience::default();
        let start = Instant::now();
        let connect = Some(TransportFailure::Connect);
        assert!(!patience.is_over(connect, true, start, SECOND));
        tokio::time::sleep(9 * SECOND).await;
        let interrupted = Some(TransportFailure::Interrupted);
        assert!(!patience.is_over(interrupted, true, Instant::now(), SECOND));
        assert!(!patience.is_over(connect, true, Instant::now(), 9 * SECOND));
    }
}
