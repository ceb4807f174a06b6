//! Settings that a test makes: faults, quirks, the rate limit, the clock.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Fault, Sandbox};

impl Sandbox {
    /// Resets the sandbox to its start: the initial account, faults, quirks and rate limit, and an
    /// empty log.
    pub(crate) fn reset(&self) {
        self.control(Method::POST, "reset", None);
    }

    /// Adds a fault after the existing ones.
    pub(crate) fn fault(&self, fault: Fault) {
        self.control(Method::POST, "faults", Some(json!([fault.into_rule()])));
    }

    /// Removes all faults, so that no more requests are hit.
    pub(crate) fn clear_faults(&self) {
        self.control(Method::DELETE, "faults", None);
    }

    /// Turns on one quirk and turns off all others.
    pub(crate) fn quirk(&self, name: &str) {
        self.quirks(json!({ name: true }));
    }

    /// Turns on these quirks and turns off all others.
    pub(crate) fn quirks(&self, quirks: Value) {
        self.control(Method::PUT, "quirks", Some(quirks));
    }

    /// Sets the rate limit, which starts a new window. 0 requests means no limit.
    pub(crate) fn rate_limit(&self, requests: u32, window_seconds: u32) {
        let limit = json!({ "requests": requests, "window_seconds": window_seconds });
        self.control(Method::PUT, "rate-limit", Some(limit));
    }

    /// Moves the API's clock forward, or back if negative.
    pub(crate) fn advance_clock(&self, seconds: i64) {
        let passing = json!({ "seconds": seconds });
        self.control(Method::POST, "clock", Some(passing));
    }

    /// Sets the API's clock, for example to `2026-01-31T12:00:00Z`. It continues from there.
    pub(crate) fn set_clock(&self, now: &str) {
        self.control(Method::PUT, "clock", Some(json!({ "now": now })));
    }

    /// The API's time in RFC 3339 with milliseconds.
    pub(crate) fn clock(&self) -> String {
        let told = self.control(Method::GET, "clock", None).json();
        told["now"].as_str().unwrap().to_owned()
    }
}
