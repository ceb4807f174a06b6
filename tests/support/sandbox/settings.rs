//! What a test sets: faults, quirks, the rate limit, the clock.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Fault, Sandbox};

impl Sandbox {
    /// Back to the start: an empty account, no faults, no quirks, nothing logged.
    pub(crate) fn reset(&self) {
        self.control(Method::POST, "reset", None);
    }

    /// Has a fault happen, after those that were given before.
    pub(crate) fn fault(&self, fault: Fault) {
        self.control(Method::POST, "faults", Some(json!([fault.into_rule()])));
    }

    /// Takes back all faults that have not happened.
    pub(crate) fn clear_faults(&self) {
        self.control(Method::DELETE, "faults", None);
    }

    /// Turns one quirk on and all others off.
    pub(crate) fn quirk(&self, name: &str) {
        self.quirks(json!({ name: true }));
    }

    /// Turns these quirks on and all others off.
    pub(crate) fn quirks(&self, quirks: Value) {
        self.control(Method::PUT, "quirks", Some(quirks));
    }

    /// Begins a new window of the rate limit; 0 requests lift it.
    pub(crate) fn rate_limit(&self, requests: u32, window_seconds: u32) {
        let limit = json!({ "requests": requests, "window_seconds": window_seconds });
        self.control(Method::PUT, "rate-limit", Some(limit));
    }

    /// Has this time pass at the API at once; negative, it goes back.
    pub(crate) fn advance_clock(&self, seconds: i64) {
        let passing = json!({ "seconds": seconds });
        self.control(Method::POST, "clock", Some(passing));
    }

    /// Has it be this moment at the API, such as `2026-01-31T12:00:00Z`; time goes on from there.
    pub(crate) fn set_clock(&self, now: &str) {
        self.control(Method::PUT, "clock", Some(json!({ "now": now })));
    }

    /// What time it is at the API, in RFC 3339 with milliseconds.
    pub(crate) fn clock(&self) -> String {
        let told = self.control(Method::GET, "clock", None).json();
        told["now"].as_str().unwrap().to_owned()
    }
}
