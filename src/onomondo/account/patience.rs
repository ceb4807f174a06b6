//! How long operations wait for names that nothing in this process frees yet.
//!
//! The CLI runs a limited number of operations at a time. If all of them wait, one must give up, so
//! that the operation that frees a name can start. So operations give up one at a time, and only
//! after a while without progress. The next one gives up soon after.

use std::{collections::HashSet, time::Duration};

use tokio::time::Instant;

/// How long nothing may happen before the first operation gives up, in units of the first wait:
/// three seconds.
pub(super) const APPLY_GRACE: u32 = 6;

/// After waits in vain for this many names, this process no longer waits. Otherwise, a thousand
/// taken names would take a thousand times as long.
const IN_VAIN: usize = 10;

/// What all operations that wait for names have in common.
#[derive(Default)]
pub(super) struct Patience {
    /// When the wait began or last started again.
    since: Option<Instant>,
    /// Whether an operation gave up then.
    gave_up: bool,
    /// Names that operations waited for in vain, except those in states of this process.
    in_vain: HashSet<String>,
}

impl Patience {
    /// Starts to wait, unless another operation waits already.
    pub(super) fn begin(&mut self, grace: Duration) {
        if self.end(grace) <= Instant::now() {
            self.restart();
        }
    }

    /// Starts again, since this process freed a name or may free one next.
    pub(super) fn restart(&mut self) {
        self.since = Some(Instant::now());
        self.gave_up = false;
    }

    /// The time when the next operation gives up.
    pub(super) fn end(&self, grace: Duration) -> Instant {
        let grace = if self.gave_up {
            grace / APPLY_GRACE
        } else {
            grace
        };
        match self.since {
            Some(since) if !self.is_over() => since + grace,
            _ => Instant::now(),
        }
    }

    /// Whether to wait no longer for any name.
    pub(super) fn is_over(&self) -> bool {
        self.in_vain.len() >= IN_VAIN
    }

    /// Notes that an operation gives up.
    pub(super) fn give_up(&mut self) {
        self.restart();
        self.gave_up = true;
    }

    /// Notes that a wait for a name was in vain.
    pub(super) fn note_in_vain(&mut self, name: &str) {
        self.in_vain.insert(name.to_owned());
    }

    /// Notes that a state of this process holds a name. Something may still free it.
    pub(super) fn note_managed(&mut self, name: &str) {
        self.in_vain.remove(name);
    }

    /// Notes that a wait was not in vain.
    pub(super) fn note_success(&mut self) {
        self.in_vain.clear();
    }
}
