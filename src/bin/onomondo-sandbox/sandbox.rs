//! What all requests share, and how it is put back to the start.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Arguments;
use crate::account::Account;
use crate::auth::Keys;
use crate::faults::Faults;
use crate::log::Log;
use crate::quirks::Quirks;
use crate::rate_limit::{Limit, RateLimit};

/// Everything that requests share. No lock is held across an await.
pub(crate) struct Sandbox {
    pub(crate) keys: Keys,
    /// What a reset goes back to.
    start: Start,
    pub(crate) account: Mutex<Account>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) rate_limit: Mutex<RateLimit>,
    pub(crate) log: Mutex<Log>,
}

/// How the command line had the sandbox begin.
struct Start {
    quirks: Quirks,
    limit: Limit,
}

impl Sandbox {
    pub(crate) fn new(arguments: &Arguments) -> Self {
        let start = Start {
            quirks: Quirks {
                require_tls_secrets: arguments.require_tls_secrets,
                ..Quirks::default()
            },
            limit: Limit {
                requests: arguments.rate_limit,
                window_seconds: arguments.rate_window,
            },
        };
        Self {
            keys: Keys::new(arguments.api_key.clone()),
            account: Mutex::new(Account::new(start.quirks.clone())),
            faults: Mutex::default(),
            rate_limit: Mutex::new(RateLimit::new(start.limit)),
            log: Mutex::default(),
            start,
        }
    }

    /// Back to how it was started: an empty account, no faults, nothing logged.
    pub(crate) fn reset(&self) {
        *locked(&self.account) = Account::new(self.start.quirks.clone());
        *locked(&self.faults) = Faults::default();
        *locked(&self.rate_limit) = RateLimit::new(self.start.limit);
        locked(&self.log).clear();
    }
}

/// The lock, also after a panic of another request: no change to the state can stop half-way.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
