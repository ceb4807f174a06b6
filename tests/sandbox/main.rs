//! Drives the real `onomondo-sandbox` over HTTP.
//!
//! - [`program`]: start, arguments, stop.
//! - [`seed`]: the initial account.
//! - [`connectors`]: the documented life cycle of a connector.
//! - [`strictness`]: requests that the API refuses.
//! - [`secrets`]: `meta`, stamps, fingerprints.
//! - [`clock`]: the API's clock.
//! - [`lists`]: forms of a list, and unusual entries.
//! - [`tags`], [`sims`]: the rest of the account.
//! - [`quirks`], [`faults`], [`limits`], [`control`]: behavior that tests turn on.

// Tests report failures by panicking. Clippy allows that only in `#[test]` functions.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

#[path = "../support/mod.rs"]
mod support;

mod clock;
mod connectors;
mod control;
mod faults;
mod limits;
mod lists;
mod program;
mod quirks;
mod secrets;
mod seed;
mod sims;
mod strictness;
mod tags;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::sandbox::{Answer, Sandbox};

fn list(sandbox: &Sandbox) -> Value {
    sandbox.call(Method::GET, "/connectors", None).json()
}

fn post(sandbox: &Sandbox, body: Value) -> Answer {
    sandbox.call(Method::POST, "/connectors", Some(body))
}

fn patch(sandbox: &Sandbox, name: &str, body: Value) -> Answer {
    sandbox.call(Method::PATCH, &format!("/connectors/{name}"), Some(body))
}

fn delete(sandbox: &Sandbox, name: &str) -> Answer {
    sandbox.call(Method::DELETE, &format!("/connectors/{name}"), None)
}

fn https(name: &str) -> Value {
    json!({ "name": name, "type": "https", "options": { "host": "https://ingest.example.com/" } })
}

fn tls(name: &str) -> Value {
    json!({
        "name": name,
        "type": "tls",
        "options": {
            "host": "ingest.example.com",
            "port": 8883,
            "server_name": "ingest.example.com",
            "ca": "the authority",
            "cert": "the certificate",
            "key": "the key",
        },
    })
}
