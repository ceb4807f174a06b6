//! One sandbox: everything its requests share, and the start that a reset goes back to.

use std::sync::Arc;

use crate::account::{Account, Listed};
use crate::arguments::Arguments;
use crate::clock::Clock;
use crate::faults::Faults;
use crate::server::{Keys, Limit, Log, RateLimit};
use crate::shared::Shared;

/// Everything that requests share. Each layer and operation is given only the part it needs.
#[derive(Clone)]
pub(crate) struct Sandbox {
    pub(crate) clock: Clock,
    pub(crate) keys: Arc<Keys>,
    pub(crate) account: Shared<Listed>,
    pub(crate) faults: Shared<Faults>,
    pub(crate) rate_limit: Shared<RateLimit>,
    pub(crate) log: Shared<Log>,
    /// What a reset goes back to.
    start: Arc<Start>,
}

/// How the command line had the sandbox begin.
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

    /// Back to how it was started: the same account and faults, nothing logged, this machine's time.
    pub(crate) fn reset(&self) {
        self.clock.reset();
        *self.account.lock() = Listed::new(self.start.account.clone());
        *self.faults.lock() = self.start.faults.clone();
        *self.rate_limit.lock() = RateLimit::new(self.start.limit);
        self.log.lock().clear();
    }
}
