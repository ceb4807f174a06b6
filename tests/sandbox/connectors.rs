//! The documented life cycle of a connector.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::sandbox::{KEY, SUPPLIER, Sandbox};
use crate::{delete, https, list, patch, post, tls};

#[test]
fn is_created_listed_changed_and_removed() {
    let sandbox = Sandbox::start();
    let created = post(
        &sandbox,
        json!({
            "name": "fleet",
            "type": "https",
            "tags": [SUPPLIER],
            "passthrough": [{ "protocol": "udp", "ip": "1.1.1.1", "port": 53 }, { "protocol": "icmp", "ip": null }],
            "options": { "host": "https://ingest.example.com" },
        }),
    );
    assert_eq!(created.status, StatusCode::OK);
    let mut expected = json!({
        "name": "fleet",
        "type": "https",
        "tags": [SUPPLIER],
        "passthrough": [{ "protocol": "udp", "ip": "1.1.1.1", "port": 53 }, { "protocol": "icmp" }],
        "options": { "host": "https://ingest.example.com", "shouldReturnBody": false },
    });
    assert_eq!(created.json(), expected);

    expected["tags"] = json!([
        { "name": "Supplier", "id": SUPPLIER, "can_write": false, "color": "#5ba571" },
    ]);
    assert_eq!(list(&sandbox), json!([expected]));

    let changed = patch(
        &sandbox,
        "fleet",
        json!({ "tags": [], "passthrough": null }),
    );
    expected["tags"] = json!([]);
    expected["passthrough"] = json!([]);
    assert_eq!((changed.status, changed.json()), (StatusCode::OK, expected));

    assert_eq!(delete(&sandbox, "fleet").status, StatusCode::OK);
    assert_eq!(list(&sandbox), json!([]));
}

#[test]
fn every_documented_type_is_accepted() {
    let sandbox = Sandbox::start();
    let azure =
        json!({ "type": "microsoft_azure_iot", "options": { "connectionString": "HostName=h" } });
    let aws = json!({
        "type": "aws_iot_core",
        "options": {
            "region": "eu-north-1",
            "role": "arn:aws:iam::123456789012:role/onomondo",
            "publishTopic": "up",
            "subscribeTopic": "down",
            "defaultProtocol": "udp",
            "defaultPort": 4321,
        },
    });
    assert_eq!(post(&sandbox, azure).json()["options"], json!({}));
    assert_eq!(
        post(&sandbox, aws.clone()).json()["options"],
        aws["options"]
    );
    assert_eq!(post(&sandbox, https("web")).status, StatusCode::OK);
    assert_eq!(
        post(&sandbox, tls("secure")).json()["options"],
        json!({ "host": "ingest.example.com", "port": 8883, "server_name": "ingest.example.com" })
    );
}

#[test]
fn without_a_name_gets_one() {
    let sandbox = Sandbox::start();
    let mut body = https("unused");
    body.as_object_mut().unwrap().remove("name");
    let first = post(&sandbox, body.clone()).json();
    let second = post(&sandbox, body).json();
    assert_ne!(first["name"], second["name"]);
    assert_eq!(list(&sandbox)[1]["name"], second["name"]);
}

#[test]
fn options_of_the_stored_type_are_merged() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let changed = patch(
        &sandbox,
        "fleet",
        json!({ "type": "tls", "options": { "port": 443 } }),
    );
    assert_eq!(
        changed.json()["options"],
        json!({ "host": "ingest.example.com", "port": 443, "server_name": "ingest.example.com" })
    );
}

#[test]
fn another_type_replaces_options_and_meta() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let changed = patch(
        &sandbox,
        "fleet",
        json!({ "type": "https", "options": { "host": "https://example.com/" } }),
    );
    assert_eq!(
        changed.json(),
        json!({
            "name": "fleet",
            "type": "https",
            "tags": [],
            "passthrough": [],
            "options": { "host": "https://example.com/", "shouldReturnBody": false },
        })
    );
}

#[test]
fn keeps_its_sims_through_a_rename() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("before"));
    sandbox.map_sims("before", 2);
    let renamed = patch(&sandbox, "before", json!({ "name": "after" }));
    assert_eq!(renamed.json()["name"], "after");
    assert_eq!(sandbox.state().names(), ["after"]);
    assert_eq!(sandbox.state().mapped_sims("after"), 2);
}

#[test]
fn is_not_removed_while_sims_are_mapped_to_it() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    sandbox.map_sims("fleet", 1);
    let refused = delete(&sandbox, "fleet");
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(refused.json()["error"], "connector_mapped");
    assert_eq!(sandbox.state().names(), ["fleet"]);

    sandbox.unmap_sims("fleet");
    assert_eq!(delete(&sandbox, "fleet").status, StatusCode::OK);
}

#[test]
fn a_taken_name_is_a_conflict() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("first"));
    post(&sandbox, https("second"));
    for refused in [
        post(&sandbox, https("first")),
        patch(&sandbox, "second", json!({ "name": "first" })),
    ] {
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.json()["error"], "connector_already_exists");
    }
    assert_eq!(sandbox.state().names(), ["first", "second"]);
}

#[test]
fn a_missing_one_is_not_found() {
    let sandbox = Sandbox::start();
    for answer in [
        patch(&sandbox, "fleet", json!({})),
        delete(&sandbox, "fleet"),
    ] {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.json()["error"], "connector_not_found");
    }
}

#[test]
fn a_single_one_cannot_be_read() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    let answer = sandbox.call(Method::GET, "/connectors/fleet", None);
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.json()["error"], "not_found");
}

#[test]
fn a_list_ends_at_1000_entries() {
    let sandbox = Sandbox::start_with(&["--rate-limit", "0"]);
    let names = (0..=1000).map(|number| format!("connector-{number}"));
    for name in names {
        sandbox.put_connector(&name, json!({ "type": "beta" }));
    }
    assert_eq!(list(&sandbox).as_array().map(Vec::len), Some(1000));
    assert_eq!(sandbox.state().names().len(), 1001);
}

#[test]
fn a_key_is_sent_without_a_scheme() {
    let any = Sandbox::start();
    let one = Sandbox::start_with(&["--api-key", "the-key"]);
    let status = |sandbox: &Sandbox, key: Option<&str>| {
        let mut request = sandbox.request(Method::GET, "/connectors");
        if let Some(key) = key {
            request = request.header("authorization", key);
        }
        let answer = sandbox.send(request).unwrap();
        if answer.status == StatusCode::UNAUTHORIZED {
            assert_eq!(answer.json()["error"], Value::from("unauthorized"));
        }
        answer.status.as_u16()
    };
    assert_eq!(status(&any, Some(KEY)), 200);
    assert_eq!(status(&any, None), 401);
    assert_eq!(status(&any, Some("")), 401);
    assert_eq!(status(&any, Some(&format!("Bearer {KEY}"))), 401);
    assert_eq!(status(&one, Some("the-key")), 200);
    assert_eq!(status(&one, Some(KEY)), 401);
}
