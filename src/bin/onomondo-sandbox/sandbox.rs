//! What all requests share, and how it is put back to the start.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::Arguments;
use crate::account::Account;
use crate::auth::Keys;
use crate::faults::Faults;
use crate::list::Listed;
use crate::log::Log;
use crate::rate_limit::{Limit, RateLimit};

/// Everything that requests share. No lock is held across an await.
pub(crate) struct Sandbox {
    pub(crate) keys: Keys,
    /// What a reset goes back to.
    start: Start,
    pub(crate) account: Mutex<Listed>,
    pub(crate) faults: Mutex<Faults>,
    pub(crate) rate_limit: Mutex<RateLimit>,
    pub(crate) log: Mutex<Log>,
}

/// How the command line had the sandbox begin.
struct Start {
    account: Account,
    faults: Faults,
    limit: Limit,
}

impl Sandbox {
    pub(crate) fn new(arguments: Arguments) -> Self {
        let seed = arguments.seed.unwrap_or_default();
        let faults = seed.faults.clone();
        let mut account = Account::new(seed);
        account.quirks.require_tls_secrets |= arguments.require_tls_secrets;
        arguments.generate.unwrap_or_default().add_to(&mut account);
        let limit = Limit {
            requests: arguments.rate_limit,
            window_seconds: arguments.rate_window,
        };
        Self {
            keys: Keys::new(arguments.api_key),
            account: Mutex::new(Listed::new(account.clone())),
            faults: Mutex::new(faults.clone()),
            rate_limit: Mutex::new(RateLimit::new(limit)),
            log: Mutex::default(),
            start: Start {
                account,
                faults,
                limit,
            },
        }
    }

    /// Back to how it was started: the same account and faults, nothing logged.
    pub(crate) fn reset(&self) {
        *locked(&self.account) = Listed::new(self.start.account.clone());
        *locked(&self.faults) = self.start.faults.clone();
        *locked(&self.rate_limit) = RateLimit::new(self.start.limit);
        locked(&self.log).clear();
    }
}

/// The lock, also after a panic of another request: no change to the state can stop half-way.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
