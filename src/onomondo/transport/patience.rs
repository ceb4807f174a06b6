//! How long to retry a request if the API does not answer. An unreachable API costs seconds, not
//! minutes, whatever the number of retries.

use std::time::Duration;

use tokio::time::Instant;

use super::reach::Reach;
use crate::onomondo::TransportFailure;

/// How many times a read waits in vain for an answer.
const UNANSWERED: u32 = 2;

/// How long a read waits for the start of an answer if the API has never answered: at first, and
/// again on a new connection.
const FIRST_SIGN: [Duration; 2] = [Duration::from_secs(4), Duration::from_secs(6)];

/// The default of `request_timeout`. A user who sets a higher value knows that the API is slow.
const USUAL_TIMEOUT: Duration = Duration::from_secs(30);

/// The results of one request's attempts.
#[derive(Debug, Default)]
pub(super) struct Patience {
    /// The number of attempts without an answer in time.
    unanswered: u32,
}

impl Patience {
    /// How long the next attempt of a read waits for an answer to start. `timeout` is the limit for
    /// the whole answer.
    pub(super) fn first_sign(&self, reach: &Reach, timeout: Duration) -> Duration {
        if reach.is_proven() || timeout > USUAL_TIMEOUT {
            return timeout;
        }
        let [first, second] = FIRST_SIGN;
        timeout.min(if self.unanswered == 0 { first } else { second })
    }

    /// Whether another attempt after `wait` is pointless. The last one started at `start`, and got
    /// an answer if `failure` is `None`.
    pub(super) fn is_over(
        &mut self,
        reach: &Reach,
        failure: Option<TransportFailure>,
        is_read: bool,
        start: Instant,
        wait: Duration,
    ) -> bool {
        let Some(failure) = failure else {
            return false;
        };
        reach.note_failure(failure, start);
        match failure {
            TransportFailure::Connect => reach.is_lost(wait),
            TransportFailure::Timeout => {
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

    /// The total time and the number of attempts, if each takes this long and fails like this.
    async fn goes_on(takes: Duration, failure: TransportFailure, is_read: bool) -> (Duration, u32) {
        let (begin, mut patience, mut attempts) = (Instant::now(), Patience::default(), 0);
        let reach = Reach::default();
        for wait in retry::waits(retry::FIRST_WAIT, 4) {
            let start = Instant::now();
            tokio::time::sleep(takes).await;
            attempts += 1;
            if patience.is_over(&reach, Some(failure), is_read, start, wait) {
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
    async fn an_api_that_has_never_answered_is_not_waited_for_as_long_as_a_slow_one() {
        let (reach, mut patience) = (Reach::default(), Patience::default());
        assert_eq!(patience.first_sign(&reach, 30 * SECOND), 4 * SECOND);
        assert_eq!(patience.first_sign(&reach, 2 * SECOND), 2 * SECOND);
        assert_eq!(patience.first_sign(&reach, 60 * SECOND), 60 * SECOND);
        let timeout = Some(TransportFailure::Timeout);
        patience.is_over(&reach, timeout, true, Instant::now(), SECOND);
        assert_eq!(patience.first_sign(&reach, 30 * SECOND), 6 * SECOND);
        reach.note_answer();
        assert_eq!(patience.first_sign(&reach, 30 * SECOND), 30 * SECOND);
    }
}
