//! A plugin that is started as the CLI starts it, and a gRPC client like the CLI's.

pub mod certificate;
pub mod channel;
pub mod process;

use std::time::{Duration, Instant};

/// The time limit for things that take milliseconds, on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Waits until `condition` returns a value. Panics with `what` if it never does.
pub fn eventually<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + DEADLINE;
    loop {
        if let Some(result) = condition() {
            return result;
        }
        assert!(Instant::now() < end, "{what}: not within {DEADLINE:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
}
