//! A fetch that failed, and how long its failure answers readers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use crate::onomondo::{Error, TransportFailure};

/// How long a failure answers readers.
pub(super) const KEPT: Duration = Duration::from_secs(5);

/// The same for a failure to reach the API. Each attempt takes long, and a CLI reads ten at a time.
pub(in crate::onomondo::account) const OUTAGE: Duration = Duration::from_mins(1);

/// The reason why a list could not be fetched. All readers of the same failure share it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{error}")]
pub struct ListFailure {
    /// The error.
    pub error: Error,
    is_told: Arc<AtomicBool>,
}

impl ListFailure {
    /// Whether no user has seen this failure yet. From now on, it counts as seen.
    #[must_use]
    pub fn is_news(&self) -> bool {
        !self.is_told.swap(true, Ordering::Relaxed)
    }

    /// Whether the API could not be reached or did not answer.
    pub(in crate::onomondo::account) fn is_outage(&self) -> bool {
        use TransportFailure::{Barred, Connect, Timeout};
        matches!(
            self.error,
            Error::Transport {
                failure: Connect | Barred | Timeout,
                ..
            }
        )
    }

    pub(super) fn kept_for(&self) -> Duration {
        if self.is_outage() { OUTAGE } else { KEPT }
    }
}

impl From<Error> for ListFailure {
    fn from(error: Error) -> Self {
        Self {
            error,
            is_told: Arc::default(),
        }
    }
}

impl From<ListFailure> for Error {
    fn from(failure: ListFailure) -> Self {
        failure.error
    }
}
