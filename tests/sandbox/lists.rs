//! `GET /connectors` in the forms of the API's other lists, and with unusual entries.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::sandbox::{SUPPLIER, Sandbox};
use crate::{https, list, post, tls};

/// A sandbox with five connectors, `c-0` to `c-4`, whose list has this form.
fn with_five(form: &Value) -> Sandbox {
    let sandbox = Sandbox::start();
    for number in 0..5 {
        post(&sandbox, https(&format!("c-{number}")));
    }
    sandbox.quirks(json!({ "list": form }));
    sandbox
}

fn get(sandbox: &Sandbox, query: &str) -> Value {
    let path = format!("/connectors{query}");
    sandbox.call(Method::GET, &path, None).json()
}

fn names(entries: &Value) -> Vec<&str> {
    let entries = entries.as_array().unwrap().iter();
    entries
        .map(|entry| entry["name"].as_str().unwrap())
        .collect()
}

#[test]
fn an_envelope_has_any_name() {
    for member in ["connectors", "result", "data"] {
        let sandbox = with_five(&json!({ "envelope": member }));
        let answer = list(&sandbox);
        assert_eq!(names(&answer[member]).len(), 5);
        assert_eq!(answer.as_object().unwrap().len(), 1);
    }
}

#[test]
fn pages_by_offset() {
    let form = json!({ "envelope": "result", "pages": "offset", "page_size": 2 });
    let sandbox = with_five(&form);
    let first = list(&sandbox);
    assert_eq!(names(&first["result"]), ["c-0", "c-1"]);
    let figures = ["count", "limit", "offset", "total"].map(|name| first[name].as_u64());
    assert_eq!(figures, [2, 2, 0, 5].map(Some));
    assert_eq!(
        names(&get(&sandbox, "?offset=2&limit=1000")["result"]),
        ["c-2", "c-3"]
    );
    assert_eq!(names(&get(&sandbox, "?offset=4")["result"]), ["c-4"]);
    assert_eq!(names(&get(&sandbox, "?offset=5")["result"]), [""; 0]);

    let form = json!({ "envelope": "data", "pages": "pagination_offset", "page_size": 2 });
    sandbox.quirks(json!({ "list": form }));
    let last = get(&sandbox, "?offset=3&limit=1");
    assert_eq!(names(&last["data"]), ["c-3"]);
    assert_eq!(
        last["pagination"],
        json!({ "count": 1, "limit": 1, "offset": 3, "total": 5 })
    );
}

#[test]
fn pages_by_next_page() {
    let form = json!({ "envelope": "connectors", "pages": "next_page", "page_size": 3 });
    let sandbox = with_five(&form);
    let first = list(&sandbox);
    assert_eq!(names(&first["connectors"]), ["c-0", "c-1", "c-2"]);
    assert_eq!(first["pagination"]["has_more"], true);
    let next = first["pagination"]["next_page"].as_str().unwrap();
    let last = get(&sandbox, &format!("?next_page={next}"));
    assert_eq!(names(&last["connectors"]), ["c-3", "c-4"]);
    assert_eq!(
        last["pagination"],
        json!({ "has_more": false, "next_page": null })
    );
}

#[test]
fn a_bare_array_in_pages() {
    let sandbox = with_five(&json!({ "pages": "offset", "page_size": 2 }));
    assert_eq!(names(&list(&sandbox)), ["c-0", "c-1"]);
    assert_eq!(names(&get(&sandbox, "?limit=2&offset=2")), ["c-2", "c-3"]);
}

#[test]
fn an_api_that_ignores_the_question() {
    for form in [
        json!({ "page_size": 2 }),
        json!({ "pages": "offset", "page_size": 2, "ignores_question": true }),
    ] {
        let sandbox = with_five(&form);
        assert_eq!(names(&get(&sandbox, "?limit=2&offset=2")), ["c-0", "c-1"]);
    }
    let form = json!({
        "envelope": "data", "pages": "next_page", "page_size": 2, "ignores_question": true,
    });
    let sandbox = with_five(&form);
    let again = get(&sandbox, "?next_page=2");
    assert_eq!(names(&again["data"]), ["c-0", "c-1"]);
    assert_eq!(again["pagination"]["has_more"], true);
}

/// Every list shows the latest change, whatever its form.
#[test]
fn no_list_is_older_than_the_account() {
    for form in [json!({}), json!({ "pages": "offset" })] {
        let sandbox = with_five(&form);
        assert_eq!(names(&list(&sandbox)).len(), 5);
        post(&sandbox, https("c-5"));
        assert_eq!(names(&list(&sandbox)).len(), 6);
    }
}

/// JSON can hold half a surrogate pair, which is not valid text.
#[test]
fn half_a_surrogate_pair_in_a_text() {
    let sandbox = Sandbox::start();
    sandbox.put_tags(json!([{ "name": "cut \u{ffff}", "id": SUPPLIER }]));
    let mut tagged = https("tagged");
    tagged["tags"] = json!([SUPPLIER]);
    post(&sandbox, tagged);
    for path in ["/connectors", "/tags/search/tags"] {
        let text = sandbox.call(Method::GET, path, None).text;
        assert!(text.contains(r#""cut \ud83d""#), "{text}");
        serde_json::from_str::<Value>(&text).unwrap_err();
    }
}

#[test]
fn odd_members_are_answered_as_they_were_put() {
    let sandbox = Sandbox::start();
    let mut odd = tls("odd");
    odd.as_object_mut().unwrap().remove("name");
    odd["answered"] = json!({ "meta": { "version": 3 }, "tags": [null] });
    sandbox.put_connector("odd", odd);
    post(&sandbox, tls("fleet"));
    let answer = list(&sandbox);
    assert_eq!(answer[0]["meta"], json!({ "version": 3 }));
    assert_eq!(answer[0]["tags"], json!([null]));
    assert_eq!(answer[1]["meta"]["key"]["is_set"], true);
}

/// The account may have names from before the pattern existed.
#[test]
fn names_outside_the_pattern() {
    let sandbox = Sandbox::start();
    for name in ["old name.1", "a/b", "50%", "flöte"] {
        let options = json!({ "host": "https://example.com" });
        sandbox.put_connector(name, json!({ "type": "https", "options": options }));
        assert_eq!(sandbox.state().names(), [name]);
        sandbox.change_connector(name, json!({ "tags": [SUPPLIER] }));
        assert_eq!(list(&sandbox)[0]["tags"][0]["id"], SUPPLIER);
        sandbox.remove_connector(name);
        assert!(sandbox.state().names().is_empty());
    }
}
