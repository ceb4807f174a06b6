//! SIMs: searches, mappings, and the effect of changes on mappings.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::sandbox::{Answer, PRODUCTION, SUPPLIER, Sandbox, on};
use crate::{delete, https, patch, post};

const FIRST: &str = "000000001";

/// Connectors `fleet` and `other`, and three SIMs mapped to `fleet`.
fn account() -> Sandbox {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    post(&sandbox, https("other"));
    sandbox.map_sims("fleet", 3);
    sandbox
}

fn get(sandbox: &Sandbox, path: &str) -> Answer {
    sandbox.call(Method::GET, path, None)
}

fn change(sandbox: &Sandbox, id: &str, body: Value) -> Answer {
    sandbox.call(Method::PATCH, &format!("/sims/{id}"), Some(body))
}

/// The IDs that a search finds.
fn found(sandbox: &Sandbox, query: &str) -> Vec<String> {
    let sims = get(sandbox, &format!("/sims?{query}")).json()["sims"].take();
    let sims = sims.as_array().unwrap().iter();
    sims.map(|sim| sim["id"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_sim_is_what_the_reference_shows() {
    let sandbox = account();
    sandbox.put_sim(
        "000000009",
        json!({ "connector": "other", "tags": [SUPPLIER], "label": "pump", "online": true }),
    );
    let sim = get(&sandbox, "/sims/000000009").json();
    assert_eq!(sim["label"], "pump");
    assert_eq!(sim["connector"], "other");
    assert_eq!(sim["online"], true);
    assert_eq!(sim["activated"], false);
    assert_eq!(sim["tags"][0]["name"], "Supplier");
    assert_eq!(sim["network"]["mcc"], Value::Null);
    let iccid = sim["iccid"].as_str().unwrap();
    assert_eq!(get(&sandbox, &format!("/sims/{iccid}")).json(), sim);
    assert_eq!(get(&sandbox, "/sims").json()["sims"][3], sim);

    assert_eq!(
        get(&sandbox, "/sims/000000008").status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(get(&sandbox, "/sims/12").status, StatusCode::BAD_REQUEST);
}

#[test]
fn they_come_in_pages_of_both_known_forms() {
    let sandbox = account();
    post(&sandbox, https("third"));
    let first = get(&sandbox, "/sims?filter=connector:fleet&limit=2").json();
    assert_eq!(first["total"], 3);
    assert_eq!(first["sims"].as_array().map(Vec::len), Some(2));
    assert_eq!(first["pagination"]["has_more"], true);
    let next = first["pagination"]["next_page"].as_str().unwrap();
    let path = format!("/sims?filter=connector:fleet&limit=2&next_page={next}");
    let last = get(&sandbox, &path).json();
    assert_eq!(last["sims"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        last["pagination"],
        json!({ "has_more": false, "next_page": null })
    );

    sandbox.quirk("documented_sim_list");
    let documented = get(&sandbox, "/sims?filter=connector:fleet&limit=2").json();
    let figures = ["count", "limit", "offset", "total"].map(|name| documented[name].as_u64());
    assert_eq!(figures, [2, 2, 0, 3].map(Some));
    assert!(documented.get("pagination").is_none());
    assert_eq!(found(&sandbox, "offset=2"), ["000000003"]);

    for bad in ["limit=0", "limit=1001", "limit=x", "next_page=x", "page=2"] {
        let answer = get(&sandbox, &format!("/sims?{bad}"));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

/// One answer holds at most a thousand SIMs.
#[test]
fn many_take_many_pages() {
    let sandbox = Sandbox::start_with(&["--generate", "connectors=3,sims=2500"]);
    let mut seen = Vec::new();
    let mut query = "limit=1000".to_owned();
    loop {
        seen.extend(found(&sandbox, &query));
        let page = get(&sandbox, &format!("/sims?{query}")).json();
        let Some(next) = page["pagination"]["next_page"].as_str() else {
            break;
        };
        query = format!("limit=1000&next_page={next}");
    }
    seen.dedup();
    assert_eq!(seen.len(), 2500);
}

#[test]
fn a_sim_must_match_all_filters() {
    let sandbox = account();
    sandbox.put_sim(
        "000000004",
        json!({ "connector": "fleet", "online": true, "activated": true }),
    );
    sandbox.put_sim(
        "000000005",
        json!({ "online": true, "network_whitelist": "Nordics" }),
    );
    for (query, ids) in [
        ("filter=connector:other", &[][..]),
        ("filter=connector:fleet&filter=online:true", &["000000004"]),
        (
            "filter[]=online:true&filter[]=activated:false",
            &["000000005"],
        ),
        ("filter=network_whitelist:Nordics", &["000000005"]),
        ("filter[]=connector:fleet&filter[]=connector:other", &[]),
    ] {
        assert_eq!(found(&sandbox, query), ids, "{query}");
    }
    for bad in ["connector", "tag:x", "online:yes"] {
        let answer = get(&sandbox, &format!("/sims?filter={bad}"));
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[test]
fn a_sim_is_mapped_and_unmapped() {
    let sandbox = account();
    let answer = change(&sandbox, FIRST, json!({ "connector": "other" })).json();
    assert_eq!(answer, get(&sandbox, "/sims/000000001").json());
    assert_eq!(sandbox.state().sims_of("other"), [FIRST]);
    let iccid = answer["iccid"].as_str().unwrap();
    change(&sandbox, iccid, json!({ "connector": null }));
    assert_eq!(sandbox.state().connector_of(FIRST), None);
}

#[test]
fn a_change_affects_only_the_members_sent() {
    let sandbox = account();
    for (body, member) in [
        (json!({ "label": "pump" }), "label"),
        (
            json!({ "network_whitelist": "Nordics" }),
            "network_whitelist",
        ),
        (json!({ "imei_lock": "350000000000000" }), "imei_lock"),
        (json!({ "activated": false }), "activated"),
        (json!({ "tags": [PRODUCTION] }), "tags"),
        (json!({ "label": null }), "label"),
    ] {
        let before = sandbox.state().sim(FIRST).clone();
        assert_eq!(change(&sandbox, FIRST, body.clone()).status, StatusCode::OK);
        let mut expected = before;
        expected[member] = body[member].clone();
        assert_eq!(sandbox.state().sim(FIRST), &expected);
    }
}

#[test]
fn undocumented_input_is_refused() {
    let sandbox = account();
    let before = sandbox.state().sim(FIRST).clone();
    for (body, code) in [
        (json!({ "connectors": "other" }), "body_invalid"),
        (json!({ "id": "000000002" }), "body_invalid"),
        (json!({ "connector": "missing" }), "connector_invalid"),
        (json!({ "connector": ["other"] }), "connector_invalid"),
        (json!({ "connector": "other", "label": 1 }), "label_invalid"),
        (
            json!({ "connector": "other", "tags": null }),
            "tags_invalid",
        ),
        (
            json!({ "tags": ["00000000-0000-4000-8000-000000000000"] }),
            "tag_not_found",
        ),
        (json!({ "activated": "true" }), "activated_invalid"),
    ] {
        let answer = change(&sandbox, FIRST, body.clone());
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.json()["error"], code, "{body}");
        assert_eq!(sandbox.state().sim(FIRST), &before, "{body}");
    }
    let unknown = change(&sandbox, "999999999", json!({ "connector": "missing" }));
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let no_id = change(&sandbox, "12", json!({ "connector": null }));
    assert_eq!(no_id.status, StatusCode::BAD_REQUEST);
}

#[test]
fn mappings_follow_a_rename_or_do_not() {
    for (quirk, mapped_to) in [
        ("follow", Some("renamed")),
        ("stay", Some("fleet")),
        ("drop", None),
    ] {
        let sandbox = account();
        sandbox.quirks(json!({ "mappings_on_rename": quirk }));
        patch(&sandbox, "fleet", json!({ "name": "renamed" }));
        assert_eq!(sandbox.state().connector_of(FIRST), mapped_to, "{quirk}");
        let deleted = delete(&sandbox, "renamed").status;
        assert_eq!(deleted == StatusCode::FORBIDDEN, quirk == "follow");
    }
}

#[test]
fn ignore_mapping() {
    let sandbox = account();
    sandbox.quirk("ignore_mapping");
    let body = json!({ "connector": "other", "label": "pump" });
    let answer = change(&sandbox, FIRST, body).json();
    assert_eq!(answer["connector"], "fleet");
    assert_eq!(answer["label"], "pump");
    assert_eq!(sandbox.state().sims_of("other"), [""; 0]);
}

#[test]
fn a_key_limited_by_tags_sees_only_its_own() {
    let sandbox = account();
    sandbox.put_sim(
        "000000009",
        json!({ "connector": "fleet", "tags": [SUPPLIER] }),
    );
    sandbox.quirks(json!({ "limited_to_tags": [SUPPLIER] }));
    assert_eq!(found(&sandbox, ""), ["000000009"]);
    assert_eq!(
        get(&sandbox, "/sims/000000001").status,
        StatusCode::NOT_FOUND
    );
    let hidden = change(&sandbox, FIRST, json!({ "connector": null }));
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let unseen = change(&sandbox, "000000009", json!({ "connector": "other" }));
    assert_eq!(unseen.json()["error"], "connector_invalid");
}

#[test]
fn someone_else_maps_and_removes_them() {
    let sandbox = account();
    sandbox.forget_requests();
    sandbox.map_sim(FIRST, Some("other"));
    sandbox.map_sim("000000002", None);
    sandbox.remove_sim("000000003");
    assert_eq!(sandbox.state().connector_of(FIRST), Some("other"));
    assert_eq!(sandbox.state().connector_of("000000002"), None);
    assert_eq!(sandbox.state().mapped_sims("fleet"), 0);
    assert_eq!(found(&sandbox, ""), [FIRST, "000000002"]);
    assert_eq!(sandbox.requests().lines(), ["GET /sims 200"]);
}

/// Faults, the rate limit and the quirks of writes apply to every endpoint of the API.
#[test]
fn faults_affect_them_like_connectors() {
    let sandbox = account();
    sandbox.fault(on("PATCH", "/sims/*").nth(2).resets_after());
    sandbox.fault(on("GET", "/sims").answers(503));
    change(&sandbox, FIRST, json!({ "connector": "other" }));
    let lost = sandbox.request(Method::PATCH, "/sims/000000002");
    let lost = lost
        .header("authorization", crate::support::sandbox::KEY)
        .json(&json!({ "connector": "other" }));
    sandbox.send(lost).unwrap_err();
    assert_eq!(sandbox.state().sims_of("other"), [FIRST, "000000002"]);
    assert_eq!(
        get(&sandbox, "/sims").status,
        StatusCode::SERVICE_UNAVAILABLE
    );

    sandbox.quirk("empty_write_body");
    let answer = change(&sandbox, FIRST, json!({ "connector": null }));
    assert_eq!((answer.status, &*answer.text), (StatusCode::OK, ""));
    sandbox.rate_limit(1, 3600);
    get(&sandbox, "/sims");
    assert_eq!(get(&sandbox, "/sims").status, StatusCode::TOO_MANY_REQUESTS);
}

#[test]
fn generated_ones_are_spread_over_connectors_and_tags() {
    let sandbox = Sandbox::start_with(&["--generate", "connectors=10,tags=5,sims=500"]);
    let state = sandbox.state();
    for name in state.names() {
        assert_eq!(state.mapped_sims(name), 45, "{name}");
    }
    let tagged = (1..=500).filter(|id| state.sim(&format!("{id:09}"))["tags"] != json!([]));
    assert_eq!(tagged.count(), 333);
}
