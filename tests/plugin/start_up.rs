//! Finds causes of a slow start without measuring time. `make bench` measures the milliseconds.

use std::fs;

use crate::support::plugin::process::BINARY;

/// `.cargo/config.toml` builds aws-lc without the library that gathers entropy from CPU jitter.
/// That library costs 30 ms at every start.
#[test]
fn no_entropy_is_gathered_from_jitter() {
    let executable = fs::read(BINARY).unwrap();
    let symbols = String::from_utf8_lossy(&executable);
    // A stripped executable, as from `cargo test --release`, has no such symbols.
    assert!(symbols.contains("RAND_bytes") || !cfg!(debug_assertions));
    assert!(!symbols.contains("jent_"), "see `.cargo/config.toml`");
}
