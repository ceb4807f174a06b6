//! One sandbox: the state that its requests share, and its reset.

use std::sync::Arc;

use crate::account::{Account, Listed};
use crate::arguments::Arguments;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::server::{Keys, Limit, Log, RateLimit};
use crate::shared::Shared;

/// The state that requests share. Each layer and operation receives only the part that it needs.
#[derive(Clone)]
pub(crate) struct Sandbox {
    pub(crate) clock: Clock,
    pub(crate) keys: Arc<Keys>,
    pub(crate) account: Shared<Listed>,
    pub(crate) faults: Shared<Faults>,
    pub(crate) rate_limit: Shared<RateLimit>,
    pub(crate) log: Shared<Log>,
    /// The state that a reset restores.
    start: Arc<Start>,
}

/// The initial state, from the command line.
struct Start {
    account: Account,
    faults: Faults,
    limit: Limit,
}

impl Sandbox {
    pub(crate) fn new(arguments: Arguments) -> Self {
        let clock = Clock::default();
        let seed = arguments.seed.unwrap_or_default();
        let (mut account, faults) = seed.into_account(clock.clone());
        account.quirks.require_tls_secrets |= arguments.require_tls_secrets;
        arguments.generate.unwrap_or_default().add_to(&mut account);
        let limit = Limit {
            requests: arguments.rate_limit,
            window_seconds: arguments.rate_window,
        };
        Self {
            clock,
            keys: Arc::new(Keys::new(arguments.api_key)),
            account: Shared::new(Listed::new(account.clone())),
            faults: Shared::new(faults.clone()),
            rate_limit: Shared::new(RateLimit::new(limit)),
            log: Shared::default(),
            start: Arc::new(Start {
                account,
                faults,
                limit,
            }),
        }
    }

    /// Restores the initial account, faults and rate limit, this machine's time, and an empty log.
    pub(crate) fn reset(&self) {
        self.clock.reset();
        *self.account.lock() = Listed::new(self.start.account.clone());
        *self.faults.lock() = self.start.faults.clone();
        *self.rate_limit.lock() = RateLimit::new(self.start.limit);
        self.log.lock().clear();
    }
}
