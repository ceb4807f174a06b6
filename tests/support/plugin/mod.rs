//! A plugin started as the CLI starts it, and a gRPC client as the CLI has one.

pub mod certificate;
pub mod channel;
pub mod process;

use std::time::{Duration, Instant};

/// How long something may take that takes milliseconds, on a machine that is busy with more.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Waits until `condition` gives something; panics with `what` if it never does.
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
