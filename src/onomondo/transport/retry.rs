//! Decides whether to retry a failed request, and when.

use std::time::Duration;

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};

use crate::onomondo::{Error, TransportFailure};

/// The wait before the first retry. It doubles each time, and jitter at most doubles it again.
pub(in crate::onomondo) const FIRST_WAIT: Duration = Duration::from_millis(500);

/// The longest wait that the client itself chooses, before jitter.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// When a request may be sent again without checking the result first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Repeat {
    /// Sending it twice has the same effect as sending it once: GET, DELETE, PATCH.
    Always,
    /// Only if the API certainly did not process it: POST.
    Unprocessed,
}

impl Repeat {
    /// Whether to retry a request that failed with this error.
    pub(in crate::onomondo) fn allows(self, error: &Error) -> bool {
        match error {
            Error::RateLimited(_) => true,
            Error::Transport { failure, .. } => match failure {
                TransportFailure::Connect | TransportFailure::Unprocessed => true,
                TransportFailure::Barred => false,
                TransportFailure::Timeout | TransportFailure::Interrupted => self == Self::Always,
            },
            // 421: the connection was for another host. The next attempt uses a new one.
            Error::UnexpectedStatus { refusal, .. } => refusal.exchange.status == Some(421),
            Error::Server(refusal) => {
                self == Self::Always
                    && matches!(refusal.exchange.status, Some(500 | 502 | 503 | 504))
            }
            _ => false,
        }
    }
}

/// The waits before the retries, one for each.
pub(in crate::onomondo) fn waits(first: Duration, max_retries: u32) -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(first)
        .with_max_delay(LONGEST_WAIT)
        .with_max_times(usize::try_from(max_retries).unwrap_or(usize::MAX))
        .with_jitter()
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_stay_bounded_and_are_as_many_as_the_retries() {
        assert_eq!(waits(FIRST_WAIT, 0).count(), 0);
        let waits: Vec<Duration> = waits(FIRST_WAIT, 12).collect();
        assert_eq!(waits.len(), 12);
        for (index, wait) in waits.iter().enumerate() {
            let plain = (FIRST_WAIT * 2_u32.pow(u32::try_from(index).unwrap())).min(LONGEST_WAIT);
            assert!(*wait >= plain && *wait <= 2 * plain, "{index}: {wait:?}");
        }
    }
}
