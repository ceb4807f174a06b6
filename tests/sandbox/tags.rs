//! Tags.

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
fn a_tag_that_is_gone_can_no_longer_be_set() {
    let sandbox = Sandbox::start();
    sandbox.put_tags(json!([]));
    let mut body = https("fleet");
    body["tags"] = json!([SUPPLIER]);
    assert_eq!(post(&sandbox, body).json()["error"], "tag_not_found");
}
