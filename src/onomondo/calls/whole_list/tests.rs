//! The ways to request more pages, and when a list counts as complete.

use serde_json::json;

use super::*;
use crate::onomondo::test_server::{Reply, Server, operation};

const FIRST: &str = "GET /things";

/// Fetches a list from a server with this script. Returns the names, and whether the list is
/// complete.
async fn list(script: Vec<(&'static str, Reply)>) -> (Vec<String>, bool) {
    let server = Server::start(script).await;
    let listed = Listed {
        member: "things",
        read: |value: &Value, _: &str| Ok(value.clone()),
        key: |value: &Value| value.as_str(),
    };
    let request = Request::get(&["things"]);
    let (client, operation) = (server.client(), operation());
    let list = client.whole_list(&operation, request, listed).await;
    let list = list.unwrap();
    server.all_came();
    let names = list
        .entries
        .iter()
        .map(|it| it.as_str().unwrap().to_owned());
    (names.collect(), list.is_complete)
}

fn reply(body: &Value) -> Reply {
    Reply::json(200, &body.to_string())
}

fn named(names: &[&str], is_complete: bool) -> (Vec<String>, bool) {
    (names.iter().map(ToString::to_string).collect(), is_complete)
}

#[tokio::test]
async fn pages_of_a_total_are_read_until_all_are_there() {
    let page = |names: Value, total| reply(&json!({ "things": names, "total": total }));
    let second = "GET /things?limit=1000&offset=2";
    for (script, expected) in [
        (vec![(FIRST, page(json!([]), 0))], named(&[], true)),
        (
            vec![
                (FIRST, page(json!(["a", "b"]), 3)),
                (second, page(json!(["c"]), 3)),
            ],
            named(&["a", "b", "c"], true),
        ),
        // An entry made during the listing moved the others.
        (
            vec![
                (FIRST, page(json!(["a", "b"]), 3)),
                (second, page(json!(["b", "c"]), 4)),
            ],
            named(&["a", "b", "c"], false),
        ),
        // An entry removed during the listing moved another one to an earlier page.
        (
            vec![
                (FIRST, page(json!(["a", "b"]), 4)),
                (second, page(json!(["d"]), 3)),
            ],
            named(&["a", "b", "d"], false),
        ),
        (
            vec![
                (FIRST, page(json!(["a", "b"]), 9)),
                (second, page(json!([]), 9)),
            ],
            named(&["a", "b"], false),
        ),
        (
            vec![
                (FIRST, page(json!(["a", "b"]), 9)),
                (second, page(json!(["a", "b"]), 9)),
            ],
            named(&["a", "b"], false),
        ),
    ] {
        assert_eq!(list(script).await, expected);
    }
}

#[tokio::test]
async fn the_next_page_is_asked_for_by_its_name() {
    let page = |names: Value, next: Value| {
        let pagination = json!({ "has_more": !next.is_null(), "next_page": next });
        reply(&json!({ "data": names, "pagination": pagination }))
    };
    let (second, third) = ("GET /things?next_page=p%2F2", "GET /things?next_page=3");
    for (script, expected) in [
        (
            vec![
                (FIRST, page(json!(["a"]), json!("p/2"))),
                (second, page(json!([]), json!(3))),
                (third, page(json!(["b", "a"]), json!(null))),
            ],
            named(&["a", "b"], true),
        ),
        (
            vec![
                (FIRST, page(json!(["a"]), json!("p/2"))),
                (second, page(json!(["a"]), json!("p/2"))),
            ],
            named(&["a"], false),
        ),
    ] {
        assert_eq!(list(script).await, expected);
    }
}

#[tokio::test]
async fn after_a_full_answer_the_next_one_is_asked_for() {
    let full: Vec<String> = (0..LIST_LIMIT).map(|number| format!("t{number}")).collect();
    let one_less = json!(full[1..]);
    assert!(list(vec![(FIRST, reply(&one_less))]).await.1);

    let second = "GET /things?limit=1000&offset=1000";
    for (answer, count, is_complete) in [
        (reply(&json!(["t1000"])), 1001, true),
        (reply(&json!([])), 1000, true),
        (reply(&json!(full)), 1000, false),
        (
            Reply::json(400, r#"{"error":"offset_invalid"}"#),
            1000,
            false,
        ),
        (Reply::json(404, ""), 1000, false),
    ] {
        let first = reply(&json!(full));
        let (names, complete) = list(vec![(FIRST, first), (second, answer)]).await;
        assert_eq!((names.len(), complete), (count, is_complete));
    }
}

/// Two entries with one name both count. An entry that is repeated on a later page counts once.
#[test]
fn only_repeated_entries_are_omitted() {
    let mut pages = Pages::default();
    let listed = Listed {
        member: "",
        read: |value: &Value, _: &str| Ok(value.clone()),
        key: |value: &Value| value["name"].as_str(),
    };
    let mut add = |entries: Value| {
        let page = Page {
            entries: entries.as_array().unwrap(),
            total: None,
            more: More::Unknown,
        };
        pages.add(&page, &listed).unwrap();
        pages.entries.len()
    };
    let (one, other) = (
        json!({ "name": "a" }),
        json!({ "name": "a", "type": "tls" }),
    );
    assert_eq!(add(json!([one, one, null, null])), 4);
    assert_eq!(add(json!([one, null])), 4);
    assert_eq!(add(json!([other, 7])), 6);
}
