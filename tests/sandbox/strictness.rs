//! The API refuses everything that Onomondo's schema does not allow.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::sandbox::{KEY, SUPPLIER, Sandbox};
use crate::{https, patch, post, tls};

/// Sets the value at a JSON pointer in `body`, or removes it if `value` is `None`.
fn with(mut body: Value, pointer: &str, value: Option<Value>) -> Value {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap();
    let object = parent.as_object_mut().unwrap();
    match value {
        Some(value) => object.insert(member.to_owned(), value),
        None => object.remove(member),
    };
    body
}

fn aws() -> Value {
    json!({
        "type": "aws_iot_core",
        "options": {
            "region": "eu-north-1",
            "role": "arn:aws:iam::123456789012:role/onomondo",
            "publishTopic": "up",
            "subscribeTopic": "down",
            "defaultProtocol": "udp",
            "defaultPort": 4321,
        },
    })
}

/// For each case, sends `base` with one value changed, or removed if it is `None`. The answer must
/// be 400, name the member, and have the code of the outermost member.
fn refuses<const N: usize>(base: &Value, cases: [(&str, Option<Value>, &str); N]) {
    let sandbox = Sandbox::start();
    for (pointer, value, message) in cases {
        let body = with(base.clone(), pointer, value);
        let answer = post(&sandbox, body.clone());
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        let said = answer.json()["message"].to_string();
        assert!(said.contains(message), "{said} is not {message}: {body}");
        let outermost = pointer.split('/').nth(1).unwrap();
        assert_eq!(answer.json()["error"], format!("{outermost}_invalid"));
    }
    assert!(sandbox.state().names().is_empty());
}

#[test]
fn names_outside_the_pattern_are_refused() {
    refuses(
        &https("fleet"),
        [
            ("/name", Some(json!("ab")), "`name` must be"),
            ("/name", Some(json!("a".repeat(256))), "`name` must be"),
            ("/name", Some(json!("a b")), "`name` must be"),
            ("/name", Some(json!("flöte")), "`name` must be"),
            ("/name", Some(json!(123)), "`name` must be"),
            ("/name", Some(Value::Null), "`name` must be"),
        ],
    );
}

#[test]
fn types_outside_the_enumeration_are_refused() {
    refuses(
        &https("fleet"),
        [
            ("/type", None, "`type` is required"),
            ("/type", Some(json!("mqtt")), "`type` must be one of"),
            ("/type", Some(Value::Null), "`type` must be one of"),
        ],
    );
}

#[test]
fn options_of_https_are_checked() {
    refuses(
        &https("fleet"),
        [
            ("/options", None, "`options` is required"),
            ("/options", Some(json!([])), "`options` must be"),
            ("/options/host", None, "`options.host` is required"),
            ("/options/host", Some(json!(1)), "`options.host` must be"),
            (
                "/options/host",
                Some(json!("example.com")),
                "`options.host` must be",
            ),
            (
                "/options/host",
                Some(json!("http://h/")),
                "`options.host` must be",
            ),
            (
                "/options/port",
                Some(json!(1)),
                "`options.port` is not an option of",
            ),
            (
                "/options/shouldReturnBody",
                Some(json!("true")),
                "must be `true` or",
            ),
        ],
    );
}

#[test]
fn options_of_tls_are_checked() {
    refuses(
        &tls("fleet"),
        [
            ("/options/port", Some(json!(0)), "`options.port` must be"),
            (
                "/options/port",
                Some(json!(65536)),
                "`options.port` must be",
            ),
            ("/options/port", Some(json!(80.5)), "`options.port` must be"),
            ("/options/port", Some(json!("80")), "`options.port` must be"),
            (
                "/options/server_name",
                None,
                "`options.server_name` is required",
            ),
            ("/options/key", Some(Value::Null), "`options.key` must be"),
        ],
    );
}

#[test]
fn options_of_the_clouds_are_checked() {
    refuses(
        &aws(),
        [
            (
                "/options/defaultProtocol",
                Some(json!("icmp")),
                "must be one of",
            ),
            (
                "/options/defaultPort",
                Some(json!(0)),
                "`options.defaultPort` must",
            ),
            ("/options/region", None, "`options.region` is required"),
            ("/options/role", None, "`options.role` is required"),
            ("/options/publishTopic", None, "is required"),
            ("/options/subscribeTopic", None, "is required"),
            ("/options/defaultProtocol", None, "is required"),
            ("/options/defaultPort", None, "is required"),
        ],
    );
    refuses(
        &json!({ "type": "microsoft_azure_iot", "options": { "connectionString": "c" } }),
        [
            ("/options/connectionString", None, "is required"),
            (
                "/options/connectionString",
                Some(json!(1)),
                "must be a string",
            ),
        ],
    );
}

#[test]
fn passthrough_rules_are_checked() {
    let mut base = https("fleet");
    base["passthrough"] = json!([{ "protocol": "icmp" }, { "protocol": "tcp" }]);
    refuses(
        &base,
        [
            ("/passthrough", Some(json!({})), "`passthrough` must be"),
            (
                "/passthrough",
                Some(json!(["tcp"])),
                "`passthrough[0]` must be",
            ),
            (
                "/passthrough/1/protocol",
                None,
                "`passthrough[1].protocol` must be",
            ),
            (
                "/passthrough/1/protocol",
                Some(json!("sctp")),
                "must be one of",
            ),
            (
                "/passthrough/1/port",
                Some(json!(65536)),
                "`passthrough[1].port` must be",
            ),
            (
                "/passthrough/1/port",
                Some(json!("80")),
                "`passthrough[1].port` must be",
            ),
            (
                "/passthrough/1/ip",
                Some(json!(1)),
                "`passthrough[1].ip` must be",
            ),
            (
                "/passthrough/1/host",
                Some(json!("h")),
                "`passthrough[1].host` is not",
            ),
            (
                "/passthrough/0/port",
                Some(json!(1)),
                "`passthrough[0].port` is not allowed",
            ),
        ],
    );
}

#[test]
fn tags_must_be_uuids_of_the_account() {
    refuses(
        &https("fleet"),
        [
            ("/tags", Some(json!("x")), "`tags` must be"),
            (
                "/tags",
                Some(json!([SUPPLIER, "Supplier"])),
                "`tags[1]` must be",
            ),
        ],
    );
    let sandbox = Sandbox::start();
    let missing = "00000000-0000-4000-8000-000000000000";
    let body = with(https("fleet"), "/tags", Some(json!([SUPPLIER, missing])));
    let answer = post(&sandbox, body);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["error"], "tag_not_found");
    assert!(answer.text.contains(missing) && answer.text.contains("`tags[1]`"));
}

#[test]
fn unknown_members_are_refused() {
    let sandbox = Sandbox::start();
    let answer = post(&sandbox, with(https("fleet"), "/color", Some(json!("red"))));
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["error"], "body_invalid");
    assert!(answer.text.contains("`color`"), "{}", answer.text);
}

#[test]
fn the_edges_of_the_schema_are_accepted() {
    let sandbox = Sandbox::start();
    let base = https("fleet");
    let edge = json!([{ "protocol": "tcp", "port": 0, "ip": null }]);
    for body in [
        with(base.clone(), "/name", Some(json!("a-_"))),
        with(base.clone(), "/name", Some(json!("a".repeat(255)))),
        with(base.clone(), "/tags", Some(json!(null))),
        with(base, "/passthrough", Some(json!(null))),
        with(tls("port-1"), "/options/port", Some(json!(1))),
        with(tls("port-65535"), "/options/port", Some(json!(65535))),
        with(tls("no-key"), "/options/key", None),
        with(https("port-0"), "/passthrough", Some(edge)),
    ] {
        sandbox.reset();
        let answer = post(&sandbox, body.clone());
        assert_eq!(answer.status, StatusCode::OK, "{body}: {}", answer.text);
    }
}

#[test]
fn changes_outside_the_schema_are_refused_whole() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let before = sandbox.state().connector("fleet").clone();
    for (body, code) in [
        (json!({ "tags": null }), "tags_invalid"),
        (json!({ "name": "x" }), "name_invalid"),
        (json!({ "name": "other", "meta": {} }), "body_invalid"),
        (json!({ "type": "https" }), "options_invalid"),
        (json!({ "type": "https", "options": {} }), "options_invalid"),
        (
            json!({ "name": "other", "options": { "host": null } }),
            "options_invalid",
        ),
        (
            json!({ "name": "other", "options": { "region": "x" } }),
            "options_invalid",
        ),
        (
            json!({ "name": "other", "passthrough": [{ "protocol": "icmp", "port": 1 }] }),
            "passthrough_invalid",
        ),
    ] {
        let answer = patch(&sandbox, "fleet", body.clone());
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.json()["error"], code, "{body}");
        assert_eq!(sandbox.state().connector("fleet"), &before, "{body}");
    }
}

#[test]
fn a_body_must_be_a_json_object_and_say_so() {
    let sandbox = Sandbox::start();
    for (content_type, body, code) in [
        ("application/json", "{", "body_invalid"),
        ("application/json", "[]", "body_invalid"),
        ("application/json", "", "body_invalid"),
        ("text/plain", "{}", "content_type_invalid"),
    ] {
        let request = sandbox
            .request(Method::POST, "/connectors")
            .header("authorization", KEY)
            .header("content-type", content_type)
            .body(body);
        let answer = sandbox.send(request).unwrap();
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.json()["error"], code, "{body}");
    }
}

#[test]
fn tls_secrets_can_be_required() {
    let sandbox = Sandbox::start_with(&["--require-tls-secrets"]);
    for secret in ["key", "ca", "cert"] {
        let answer = post(
            &sandbox,
            with(tls("fleet"), &format!("/options/{secret}"), None),
        );
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let message = answer.json()["message"].to_string();
        assert!(
            message.contains(&format!("`options.{secret}` is required")),
            "{message}"
        );
    }
    assert_eq!(post(&sandbox, tls("fleet")).status, StatusCode::OK);
}
