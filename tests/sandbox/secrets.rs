//! Secrets: the API never returns them. Each has its own stamp in `meta`, and a test can check its
//! SHA-256.

use serde_json::json;

use crate::support::sandbox::{Sandbox, sha256};
use crate::{list, patch, post, tls};

#[test]
fn are_never_returned() {
    let sandbox = Sandbox::start();
    let created = post(&sandbox, tls("fleet"));
    let changed = patch(
        &sandbox,
        "fleet",
        json!({ "options": { "key": "the new key" } }),
    );
    let state = format!("{:?}", sandbox.state());
    let log = format!("{:?}", sandbox.requests());
    for text in [
        created.text,
        changed.text,
        list(&sandbox).to_string(),
        state,
        log,
    ] {
        for secret in ["the authority", "the certificate", "the key", "the new key"] {
            assert!(!text.contains(secret), "`{secret}` in {text}");
        }
    }
}

#[test]
fn prove_which_value_arrived() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let hash = sha256("the key");
    assert_eq!(sandbox.state().secret("fleet", "key"), Some(hash.as_str()));
    assert_eq!(
        sandbox.requests().last("POST", "/connectors").body["options"]["key"],
        format!("sha256:{hash}")
    );
}

#[test]
fn unset_ones_have_a_stamp_too() {
    let sandbox = Sandbox::start();
    let options = json!({ "host": "h", "port": 1, "server_name": "s", "key": "the key" });
    let created = post(
        &sandbox,
        json!({ "name": "fleet", "type": "tls", "options": options }),
    )
    .json();
    assert_eq!(created["meta"]["key"]["is_set"], true);
    for secret in ["ca", "cert"] {
        assert_eq!(created["meta"][secret]["is_set"], false);
        assert!(created["meta"][secret]["last_updated_at"].is_string());
    }
    assert_eq!(list(&sandbox)[0]["meta"], created["meta"]);
}

#[test]
fn are_stamped_one_by_one_and_always_later() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let before = sandbox.state();
    for _ in 0..3 {
        let earlier = sandbox.state();
        patch(
            &sandbox,
            "fleet",
            json!({ "options": { "key": "the key" } }),
        );
        let later = sandbox.state();
        assert!(later.stamp("fleet", "key") > earlier.stamp("fleet", "key"));
    }
    patch(
        &sandbox,
        "fleet",
        json!({ "tags": [], "options": { "port": 1 } }),
    );
    for secret in ["ca", "cert"] {
        assert_eq!(
            sandbox.state().stamp("fleet", secret),
            before.stamp("fleet", secret)
        );
        assert_eq!(
            sandbox.state().secret("fleet", secret),
            before.secret("fleet", secret)
        );
    }
}

#[test]
fn can_be_changed_from_outside() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let before = sandbox.state();
    sandbox.set_secret("fleet", "key", "another");
    sandbox.unset_secret("fleet", "ca");
    let after = sandbox.state();
    assert_eq!(
        after.secret("fleet", "key"),
        Some(sha256("another").as_str())
    );
    assert_eq!(after.secret("fleet", "ca"), None);
    for secret in ["key", "ca"] {
        assert!(after.stamp("fleet", secret) > before.stamp("fleet", secret));
    }
    assert_eq!(list(&sandbox)[0]["meta"]["ca"]["is_set"], false);
}
