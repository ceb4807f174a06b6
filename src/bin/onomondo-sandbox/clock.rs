//! The API's clock, which tests can set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The API's clock: this machine's time plus an offset that a test can set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    ahead_ms: Arc<AtomicI64>,
}

impl Clock {
    /// Milliseconds since the epoch.
    pub(crate) fn now(&self) -> u64 {
        u64::try_from(machine_time().saturating_add(self.ahead_ms())).unwrap_or(0)
    }

    pub(crate) fn time(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(self.now())
    }

    /// Sets the time. The clock continues from there.
    pub(crate) fn set(&self, moment: SystemTime) {
        self.set_ahead_ms(milliseconds(moment).saturating_sub(machine_time()));
    }

    /// Moves the clock forward, or back if negative.
    pub(crate) fn advance(&self, milliseconds: i64) {
        self.set_ahead_ms(self.ahead_ms().saturating_add(milliseconds));
    }

    /// Sets the clock back to this machine's time.
    pub(crate) fn reset(&self) {
        self.set_ahead_ms(0);
    }

    fn ahead_ms(&self) -> i64 {
        self.ahead_ms.load(Ordering::Relaxed)
    }

    fn set_ahead_ms(&self, milliseconds: i64) {
        self.ahead_ms.store(milliseconds, Ordering::Relaxed);
    }
}

fn machine_time() -> i64 {
    milliseconds(SystemTime::now())
}

/// The milliseconds since the epoch. An earlier time counts as the epoch.
fn milliseconds(moment: SystemTime) -> i64 {
    let elapsed = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}
