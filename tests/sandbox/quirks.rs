//! Each quirk, compared with the behavior without it.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::sandbox::{PRODUCTION, SUPPLIER, Sandbox, sha256};
use crate::{delete, https, list, patch, post, tls};

/// A sandbox with a `tls` connector `fleet` that is older than the quirk.
fn with_fleet(quirk: &str) -> Sandbox {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    sandbox.quirk(quirk);
    sandbox
}

#[test]
fn ignore_rename() {
    let sandbox = with_fleet("ignore_rename");
    let answer = patch(
        &sandbox,
        "fleet",
        json!({ "name": "other", "passthrough": [{ "protocol": "icmp" }] }),
    );
    assert_eq!(answer.json()["name"], "fleet");
    assert_eq!(
        answer.json()["passthrough"],
        json!([{ "protocol": "icmp" }])
    );
    assert_eq!(sandbox.state().names(), ["fleet"]);
}

#[test]
fn replace_options() {
    let sandbox = with_fleet("replace_options");
    let answer = patch(
        &sandbox,
        "fleet",
        json!({ "options": { "host": "h", "key": "new" } }),
    )
    .json();
    assert_eq!(answer["options"], json!({ "host": "h" }));
    assert_eq!(answer["meta"]["key"]["is_set"], true);
    assert_eq!(answer["meta"]["ca"]["is_set"], false);
    assert_eq!(answer["meta"]["cert"]["is_set"], false);
}

#[test]
fn ignore_secrets() {
    let sandbox = with_fleet("ignore_secrets");
    let changed = patch(
        &sandbox,
        "fleet",
        json!({ "options": { "port": 1, "key": "new" } }),
    )
    .json();
    assert_eq!(changed["options"]["port"], 1);
    assert_eq!(
        sandbox.state().secret("fleet", "key"),
        Some(sha256("the key").as_str())
    );
    let created = post(&sandbox, tls("other")).json();
    assert_eq!(created["meta"]["key"]["is_set"], false);
}

#[test]
fn leftover_meta() {
    let sandbox = with_fleet("leftover_meta");
    let options = json!({ "host": "https://example.com/" });
    let answer = patch(
        &sandbox,
        "fleet",
        json!({ "type": "https", "options": options }),
    )
    .json();
    assert_eq!(answer["meta"]["key"]["is_set"], true);
}

#[test]
fn require_tls_secrets() {
    let sandbox = with_fleet("require_tls_secrets");
    let options = json!({ "host": "h", "port": 1, "server_name": "s" });
    let answer = post(&sandbox, json!({ "type": "tls", "options": options }));
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[test]
fn refuse_type() {
    let sandbox = Sandbox::start();
    sandbox.quirks(json!({ "refuse_type": "tls" }));
    let answer = post(&sandbox, tls("fleet"));
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["error"], "type_not_available");
    assert_eq!(post(&sandbox, https("web")).status, StatusCode::OK);
}

#[test]
fn hide_untagged() {
    let sandbox = with_fleet("hide_untagged");
    let mut tagged = https("tagged");
    tagged["tags"] = json!([SUPPLIER]);
    post(&sandbox, tagged);
    assert_eq!(post(&sandbox, https("untagged")).status, StatusCode::OK);
    let names: Vec<Value> = list(&sandbox)
        .as_array()
        .unwrap()
        .iter()
        .map(|connector| connector["name"].clone())
        .collect();
    assert_eq!(names, ["tagged"]);
    assert_eq!(
        patch(&sandbox, "fleet", json!({})).status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(delete(&sandbox, "fleet").status, StatusCode::NOT_FOUND);
    assert_eq!(sandbox.state().names(), ["fleet", "tagged", "untagged"]);
    assert_eq!(post(&sandbox, https("fleet")).status, StatusCode::CONFLICT);
}

#[test]
fn limited_to_tags() {
    let sandbox = Sandbox::start();
    sandbox.quirks(json!({ "limited_to_tags": [SUPPLIER] }));
    let mut seen = https("seen");
    seen["tags"] = json!([PRODUCTION, SUPPLIER]);
    let mut unseen = https("unseen");
    unseen["tags"] = json!([PRODUCTION]);
    for body in [&seen, &unseen, &https("untagged")] {
        assert_eq!(post(&sandbox, body.clone()).status, StatusCode::OK);
    }
    assert_eq!(list(&sandbox)[0]["name"], "seen");
    assert_eq!(list(&sandbox).as_array().map(Vec::len), Some(1));
    assert_eq!(post(&sandbox, unseen).status, StatusCode::CONFLICT);
    assert_eq!(delete(&sandbox, "unseen").status, StatusCode::NOT_FOUND);

    // A change of tags can lock the key out of its own connector.
    patch(&sandbox, "seen", json!({ "tags": [] }));
    assert_eq!(list(&sandbox), json!([]));
}

#[test]
fn overwrite() {
    let sandbox = with_fleet("overwrite");
    post(&sandbox, https("other"));
    let answer = patch(&sandbox, "other", json!({ "name": "fleet" })).json();
    assert_eq!(answer["name"], "fleet");
    assert_eq!(sandbox.state().names(), ["fleet"]);
    assert_eq!(sandbox.state().connector("fleet")["type"], "https");

    assert_eq!(post(&sandbox, tls("fleet")).status, StatusCode::OK);
    assert_eq!(sandbox.state().names(), ["fleet"]);
    assert_eq!(sandbox.state().connector("fleet")["type"], "tls");
}

#[test]
fn omit_meta() {
    let sandbox = with_fleet("omit_meta");
    assert!(
        patch(&sandbox, "fleet", json!({}))
            .json()
            .get("meta")
            .is_none()
    );
    assert!(list(&sandbox)[0]["meta"].is_object());
}

#[test]
fn empty_write_body() {
    let sandbox = with_fleet("empty_write_body");
    for answer in [
        post(&sandbox, https("web")),
        patch(&sandbox, "fleet", json!({})),
    ] {
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, ""));
    }
    assert_eq!(sandbox.state().names(), ["fleet", "web"]);
}

#[test]
fn tags_as_strings_in_lists() {
    let sandbox = with_fleet("tags_as_strings_in_lists");
    patch(&sandbox, "fleet", json!({ "tags": [SUPPLIER] }));
    assert_eq!(list(&sandbox)[0]["tags"], json!([SUPPLIER]));
}

#[test]
fn tags_as_objects_in_writes() {
    let sandbox = with_fleet("tags_as_objects_in_writes");
    let answer = patch(&sandbox, "fleet", json!({ "tags": [SUPPLIER] })).json();
    assert_eq!(answer["tags"][0]["name"], "Supplier");
    assert_eq!(answer["tags"], list(&sandbox)[0]["tags"]);
}

#[test]
fn late_meta() {
    let sandbox = with_fleet("late_meta");
    let before = list(&sandbox)[0]["meta"].clone();
    let answered =
        patch(&sandbox, "fleet", json!({ "options": { "key": "new" } })).json()["meta"].clone();
    let listed = list(&sandbox)[0]["meta"].clone();
    let stamp = |meta: &Value, secret: &str| meta[secret]["last_updated_at"].to_string();
    assert!(stamp(&listed, "key") > stamp(&answered, "key"));
    assert!(stamp(&answered, "key") > stamp(&before, "key"));
    assert_eq!(stamp(&listed, "ca"), stamp(&before, "ca"));
}

#[test]
fn normalize_host() {
    let sandbox = Sandbox::start();
    sandbox.quirk("normalize_host");
    for (sent, answered) in [
        ("https://Ingest.Example.com", "https://ingest.example.com/"),
        (
            "https://example.com/Path?key=A",
            "https://example.com/Path?key=A",
        ),
    ] {
        sandbox.put_connector(
            "web",
            json!({ "type": "https", "options": { "host": sent } }),
        );
        assert_eq!(list(&sandbox)[0]["options"]["host"], answered);
    }
    let options = json!({ "host": "Ingest.Example.com", "port": 1, "server_name": "S" });
    let answer = post(&sandbox, json!({ "type": "tls", "options": options })).json();
    assert_eq!(answer["options"]["host"], "ingest.example.com");
    assert_eq!(answer["options"]["server_name"], "S");
}

#[test]
fn upper_case_tags() {
    let sandbox = with_fleet("upper_case_tags");
    let answer = patch(&sandbox, "fleet", json!({ "tags": [SUPPLIER] })).json();
    assert_eq!(answer["tags"], json!([SUPPLIER.to_uppercase()]));
    assert_eq!(list(&sandbox)[0]["tags"][0]["id"], SUPPLIER.to_uppercase());
}

#[test]
fn nulls() {
    let sandbox = with_fleet("null_passthrough");
    assert_eq!(list(&sandbox)[0]["passthrough"], Value::Null);
    assert_eq!(list(&sandbox)[0]["tags"], json!([]));

    sandbox.quirk("null_tags");
    assert_eq!(
        patch(&sandbox, "fleet", json!({})).json()["tags"],
        Value::Null
    );

    sandbox.quirk("explicit_nulls");
    let rules = json!([{ "protocol": "tcp" }, { "protocol": "icmp" }]);
    let answer = patch(&sandbox, "fleet", json!({ "passthrough": rules })).json();
    assert_eq!(
        answer["passthrough"],
        json!([{ "protocol": "tcp", "ip": null, "port": null }, { "protocol": "icmp", "ip": null }])
    );
}

#[test]
fn empty_meta() {
    let sandbox = Sandbox::start();
    assert!(post(&sandbox, https("web")).json().get("meta").is_none());
    sandbox.quirk("empty_meta");
    assert_eq!(list(&sandbox)[0]["meta"], json!({}));
}
