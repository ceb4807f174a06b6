//! Tags and SIMs.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::sandbox::{PRODUCTION, SUPPLIER, Sandbox};
use crate::{https, post};

fn get(sandbox: &Sandbox, path: &str) -> Value {
    sandbox.call(Method::GET, path, None).json()
}

#[test]
fn tags_come_in_pages() {
    let sandbox = Sandbox::start();
    let page = get(&sandbox, "/tags/search/tags?limit=2&offset=1");
    let numbers = ["count", "limit", "offset", "total"].map(|member| page[member].as_u64());
    assert_eq!(numbers, [2, 2, 1, 4].map(Some));
    assert_eq!(
        page["result"][0],
        json!({ "name": "Production", "id": PRODUCTION, "can_write": true, "color": "#441212" })
    );

    let tags: Vec<Value> = (0..30)
        .map(|number| json!({ "name": "t", "id": format!("00000000-0000-4000-8000-{number:012}") }))
        .collect();
    sandbox.put_tags(json!(tags));
    assert_eq!(get(&sandbox, "/tags/search/tags")["count"], 20);
    assert_eq!(get(&sandbox, "/tags/search/tags?limit=1000")["count"], 30);
    for bad in ["limit=0", "limit=1001", "limit=x", "offset=-1"] {
        let answer = sandbox.call(Method::GET, &format!("/tags/search/tags?{bad}"), None);
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
}

#[test]
fn sims_of_a_connector_come_in_both_known_forms() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    post(&sandbox, https("other"));
    sandbox.map_sims("fleet", 3);
    sandbox.map_sims("other", 1);

    let first = get(&sandbox, "/sims?filter=connector:fleet&limit=2");
    assert_eq!(first["total"], 3);
    assert_eq!(first["sims"].as_array().map(Vec::len), Some(2));
    assert_eq!(first["sims"][0]["connector"], "fleet");
    assert_eq!(first["pagination"]["has_more"], true);

    let next = first["pagination"]["next_page"].as_str().unwrap();
    let last = get(
        &sandbox,
        &format!("/sims?filter=connector:fleet&limit=2&next_page={next}"),
    );
    assert_eq!(last["sims"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        last["pagination"],
        json!({ "has_more": false, "next_page": null })
    );

    sandbox.quirk("documented_sim_list");
    let documented = get(&sandbox, "/sims?filter=connector:fleet");
    assert_eq!(documented["count"], 3);
    assert_eq!(documented["total"], 3);
    assert!(documented.get("pagination").is_none());
}

#[test]
fn a_sim_is_mapped_and_unmapped() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    post(&sandbox, https("other"));
    sandbox.map_sims("fleet", 1);
    let sim = get(&sandbox, "/sims")["sims"][0].clone();
    let map = |id: &Value, connector: Value| {
        let path = format!("/sims/{}", id.as_str().unwrap());
        sandbox.call(
            Method::PATCH,
            &path,
            Some(json!({ "connector": connector })),
        )
    };

    assert_eq!(map(&sim["id"], json!("other")).json()["connector"], "other");
    assert_eq!(sandbox.state().mapped_sims("other"), 1);
    assert_eq!(
        map(&sim["iccid"], json!(null)).json()["connector"],
        Value::Null
    );
    assert_eq!(sandbox.state().mapped_sims("other"), 0);

    assert_eq!(
        map(&sim["id"], json!("missing")).status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        map(&json!("999999999"), json!(null)).status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        map(&json!("12"), json!(null)).status,
        StatusCode::BAD_REQUEST
    );
}

#[test]
fn a_tag_that_is_gone_can_no_longer_be_set() {
    let sandbox = Sandbox::start();
    sandbox.put_tags(json!([]));
    let mut body = https("fleet");
    body["tags"] = json!([SUPPLIER]);
    assert_eq!(post(&sandbox, body).json()["error"], "tag_not_found");
}
