//! The controls under `/_sandbox/`.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::sandbox::{SUPPLIER, Sandbox, on, sha256};
use crate::{https, list, patch, post, tls};

#[test]
fn needs_no_key_and_is_neither_limited_nor_logged_nor_struck() {
    let sandbox = Sandbox::start_with(&["--rate-limit", "1"]);
    sandbox.fault(on("GET", "*").always().answers(500));
    for _ in 0..3 {
        let request = sandbox.request(Method::GET, "/_sandbox/state");
        assert_eq!(sandbox.send(request).unwrap().status, StatusCode::OK);
    }
    assert!(sandbox.requests().is_empty());
}

#[test]
fn reset_goes_back_to_the_start() {
    let sandbox = Sandbox::start_with(&["--require-tls-secrets"]);
    let fresh = format!("{:?}", sandbox.state());
    post(&sandbox, https("fleet"));
    sandbox.map_sims("fleet", 1);
    sandbox.quirk("omit_meta");
    sandbox.fault(on("GET", "/connectors").answers(500));
    sandbox.put_tags(json!([]));
    sandbox.reset();
    assert_eq!(format!("{:?}", sandbox.state()), fresh);
    assert!(sandbox.requests().is_empty());
}

#[test]
fn requests_are_logged_in_order_without_the_key() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    patch(&sandbox, "missing", json!({ "tags": [] }));
    sandbox.call(Method::GET, "/sims?filter=connector:fleet", None);
    let requests = sandbox.requests();
    assert_eq!(
        requests.lines(),
        [
            "POST /connectors 200",
            "PATCH /connectors/missing 404",
            "GET /sims 200"
        ]
    );
    assert_eq!(requests.count("PATCH", "/connectors/*"), 1);
    assert_eq!(
        requests.bodies("PATCH", "/connectors/missing"),
        [&json!({ "tags": [] })]
    );
    let last = requests.last("GET", "/sims");
    assert_eq!(last.query.as_deref(), Some("filter=connector:fleet"));
    assert_eq!(last.body, Value::Null);
    assert!(last.id.is_some() && last.duration_ms.is_some());
    let raw = sandbox.call(Method::GET, "/_sandbox/requests", None).text;
    assert!(!raw.contains("onok_"), "{raw}");

    sandbox.forget_requests();
    assert!(sandbox.requests().is_empty());
}

#[test]
fn anything_can_be_put_in_from_outside() {
    let sandbox = Sandbox::start();
    let options = json!({ "bucket": "b", "nested": { "deep": [1, null] }, "key": "the key" });
    sandbox.put_connector(
        "lake",
        json!({ "type": "aws_s3", "tags": [SUPPLIER], "options": options }),
    );
    let listed = list(&sandbox)[0].clone();
    assert_eq!(listed["type"], "aws_s3");
    assert_eq!(
        listed["options"],
        json!({ "bucket": "b", "nested": { "deep": [1, null] } })
    );
    assert_eq!(listed["tags"][0]["id"], SUPPLIER);
    assert_eq!(
        sandbox.state().secret("lake", "key"),
        Some(sha256("the key").as_str())
    );
    assert!(sandbox.requests().only_read());
}

#[test]
fn connectors_can_be_changed_and_removed_from_outside() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    sandbox.map_sims("fleet", 2);
    sandbox.forget_requests();
    sandbox.change_connector("fleet", json!({ "options": { "port": 1 } }));
    assert_eq!(sandbox.state().connector("fleet")["options"]["port"], 1);
    sandbox.remove_connector("fleet");
    assert!(sandbox.state().names().is_empty());
    assert_eq!(sandbox.state().mapped_sims("fleet"), 0);
    assert!(sandbox.requests().is_empty());
}

#[test]
fn invalid_control_requests_are_errors() {
    let sandbox = Sandbox::start();
    for (method, path, body) in [
        (Method::PUT, "quirks", json!({ "ignore_renames": true })),
        (
            Method::PUT,
            "sims",
            json!({ "connector": "missing", "count": 1 }),
        ),
        (
            Method::PATCH,
            "connectors/missing/secrets/key",
            json!({ "value": "x" }),
        ),
        (Method::PUT, "nothing", json!({})),
    ] {
        let answer = sandbox.call(method, &format!("/_sandbox/{path}"), Some(body));
        assert!(answer.status.is_client_error(), "{path}");
        assert_eq!(answer.json()["error"], "control_refused", "{path}");
    }
}

#[tokio::test]
async fn the_handle_works_inside_an_async_test() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    assert_eq!(sandbox.state().names(), ["fleet"]);
}
