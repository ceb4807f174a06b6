//! The accepted forms of answers.

use serde_json::json;

use super::*;

fn vocabulary() -> Vocabulary {
    Vocabulary {
        types: ["https", "tls", "microsoft_azure_iot"]
            .map(|kind| (kind, Vec::new()))
            .into(),
    }
}

fn connectors(body: &Value) -> Result<Vec<Connector>, BodyProblem> {
    let entries = body.as_array().unwrap().iter().enumerate();
    let read = |(index, entry)| connector(entry, &format!("[{index}]"), &vocabulary());
    entries.map(read).collect()
}

fn one(entry: &Value) -> Result<Connector, String> {
    connector(entry, "[0]", &vocabulary()).map_err(|problem| problem.to_string())
}

#[test]
fn the_documented_example_is_read_whole() {
    let body = json!([
        {
            "name": "my-azure-connector", "type": "microsoft_azure_iot", "passthrough": [],
            "tags": [{ "name": "Supplier", "id": "a5023f47", "can_write": false, "color": "#5ba571" }],
            "options": {},
            "meta": { "connectionString": { "is_set": true, "last_updated_at": "2024-09-26T09:25:42.898Z" } }
        },
        {
            "name": "my_tls_connector", "type": "tls", "passthrough": [], "tags": [],
            "options": { "host": "87.65.43.21", "port": 443, "server_name": "foobar.example.com" },
            "meta": { "ca": { "is_set": false, "last_updated_at": "2024-09-26T09:10:22.367Z" } }
        }
    ]);
    let connectors = connectors(&body).unwrap();
    assert_eq!(connectors.len(), 2);
    let azure = &connectors[0];
    assert_eq!(azure.name, "my-azure-connector");
    assert_eq!(azure.tags[0].id, "a5023f47");
    assert_eq!(azure.tags[0].name.as_deref(), Some("Supplier"));
    assert_eq!(azure.tags[0].can_write, Some(false));
    let meta = azure.meta.as_ref().unwrap();
    assert!(meta["connectionString"].is_set);
    assert_eq!(port(&connectors[1].options["port"]), Some(443));
    assert!(!connectors[1].meta.as_ref().unwrap()["ca"].is_set);
}

#[test]
fn every_form_of_an_empty_member_reads_alike() {
    let bare = one(&json!({ "name": "abc", "type": "https" })).unwrap();
    let nulls = json!({ "name": "abc", "type": "https", "tags": null, "passthrough": null,
                        "options": null, "meta": null });
    let empties = json!({ "name": "abc", "type": "https", "tags": [], "passthrough": [],
                          "options": {}, "meta": {} });
    assert_eq!(one(&nulls).unwrap(), bare);
    assert_eq!(one(&empties).unwrap(), bare);
    assert_eq!(bare.meta, None);
}

#[test]
fn tags_are_strings_or_objects_and_unknown_members_are_kept() {
    let connector = one(&json!({
        "name": "abc", "type": "beta_mqtt", "tags": ["a", { "id": "b", "color": null }],
        "options": { "new": { "deep": 1.50 } }, "more": true
    }))
    .unwrap();
    let ids: Vec<&str> = connector.tags.iter().map(|tag| tag.id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(connector.kind, "beta_mqtt");
    assert_eq!(connector.options["new"], json!({ "deep": 1.50 }));
}

#[test]
fn a_beta_type_of_any_form_does_not_block_others() {
    let odd = json!({ "name": "odd", "type": "beta", "options": [1], "passthrough": [7], "tags": 1, "meta": [] });
    let found = connectors(&json!([odd])).unwrap();
    assert_eq!((found[0].name.as_str(), found[0].options.len()), ("odd", 0));
}

#[test]
fn ports_are_read_in_every_form() {
    for (text, expected) in [
        ("443", Some(443)),
        ("443.0", Some(443)),
        ("4.43e2", Some(443)),
        ("\"443\"", Some(443)),
        ("0", Some(0)),
        ("65535", Some(65535)),
        ("65536", None),
        ("-1", None),
        ("443.5", None),
        ("\"https\"", None),
        ("true", None),
    ] {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(port(&value), expected, "{text}");
    }
    let rule = json!({ "protocol": "udp", "ip": null, "port": "53" });
    assert_eq!(passthrough_rule(&rule, "").unwrap().port, Some(53));
}

#[test]
fn a_fault_that_would_lose_a_connector_is_an_error_with_its_place() {
    for (body, problem) in [
        (
            json!([null]),
            "`[0]` is null or missing instead of an object",
        ),
        (
            json!([{ "name": "abc", "type": "tls" }, { "type": "tls" }]),
            "`[1].name` is null or missing instead of a string",
        ),
        (
            json!([{ "name": 5, "type": "tls" }]),
            "`[0].name` is a number instead of a string",
        ),
        (
            json!([{ "name": "", "type": "tls" }]),
            "`[0].name` is empty instead of a name",
        ),
        (
            json!([{ "name": "abc" }]),
            "`[0].type` is null or missing instead of a string",
        ),
        (
            json!([{ "name": "abc", "type": "tls", "tags": [{ "name": "x" }] }]),
            "`[0].tags[0].id` is null or missing instead of a string",
        ),
        (
            json!([{ "name": "abc", "type": "tls", "passthrough": [{ "protocol": "tcp", "port": "x" }] }]),
            "`[0].passthrough[0].port` is a string instead of a port number",
        ),
        (
            json!([{ "name": "abc", "type": "tls", "meta": { "ca": { "is_set": "yes" } } }]),
            "`[0].meta.ca.is_set` is a string instead of a boolean",
        ),
    ] {
        assert_eq!(connectors(&body).unwrap_err().to_string(), problem);
    }
    assert_eq!(
        json(b"<html>").unwrap_err().to_string(),
        "it is not JSON (line 1, column 1)"
    );
}

#[test]
fn option_values_are_not_printed() {
    let connector = one(&json!({
        "name": "abc", "type": "https", "options": { "host": "https://a.example/?token=hush" }
    }))
    .unwrap();
    assert!(!format!("{connector:?}").contains("hush"));
}
