//! One answer of a list, in any form.
//!
//! The API's lists differ: a bare array, an envelope, `total` beside the entries, or `pagination`.
//! All forms are accepted for every list.

use serde_json::{Map, Value};

use super::decode::unexpected;
use crate::onomondo::BodyProblem;

/// Envelope members that may hold the entries of any list.
const ENTRIES: [&str; 2] = ["result", "data"];

/// One answer.
#[derive(Debug, PartialEq)]
pub(in crate::onomondo) struct Page<'a> {
    pub(in crate::onomondo) entries: &'a [Value],
    /// The total number of entries, if the answer shows it.
    pub(in crate::onomondo) total: Option<u64>,
    pub(in crate::onomondo) more: More,
}

/// Whether there are more entries, as far as the answer shows.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::onomondo) enum More {
    No,
    /// The parameter to request them with, if the answer has one.
    Yes(Option<String>),
    Unknown,
}

/// Reads an answer. `member` is the envelope member that may hold the entries of this list.
pub(in crate::onomondo) fn read<'a>(
    body: &'a Value,
    member: &str,
) -> Result<Page<'a>, BodyProblem> {
    match body {
        Value::Array(entries) => Ok(Page {
            entries,
            total: None,
            more: More::Unknown,
        }),
        Value::Object(members) => envelope(members, member),
        other => Err(unexpected("the body", "a list", other)),
    }
}

fn envelope<'a>(members: &'a Map<String, Value>, member: &str) -> Result<Page<'a>, BodyProblem> {
    let entries = [member].into_iter().chain(ENTRIES);
    let mut entries = entries.filter_map(|name| members.get(name)?.as_array());
    let Some(entries) = entries.next() else {
        return Err(BodyProblem::Envelope {
            keys: members.keys().cloned().collect(),
        });
    };
    let pagination = members.get("pagination");
    let told = |name: &str| {
        let told = pagination.and_then(|pagination| pagination.get(name));
        told.or_else(|| members.get(name))
    };
    let next_page = told("next_page").and_then(|next| match next {
        Value::String(next) if !next.is_empty() => Some(next.clone()),
        Value::Number(next) => Some(next.to_string()),
        _ => None,
    });
    let more = match (told("has_more").and_then(Value::as_bool), next_page) {
        (Some(false), _) => More::No,
        (Some(true), next_page) => More::Yes(next_page),
        (None, Some(next_page)) => More::Yes(Some(next_page)),
        (None, None) => More::Unknown,
    };
    Ok(Page {
        entries,
        total: told("total").and_then(Value::as_u64),
        more,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_form_of_a_list_is_read() {
        let next = |token: &str| More::Yes(Some(token.to_owned()));
        for (body, total, more) in [
            (json!([1, 2]), None, More::Unknown),
            (json!({ "sims": [1, 2] }), None, More::Unknown),
            (json!({ "result": [1, 2] }), None, More::Unknown),
            (json!({ "data": [1, 2] }), None, More::Unknown),
            (
                json!({ "sims": [1, 2], "result": [], "data": 7 }),
                None,
                More::Unknown,
            ),
            (json!({ "sims": null, "data": [1, 2] }), None, More::Unknown),
            (
                json!({ "count": 2, "limit": 2, "offset": 0, "total": 5, "result": [1, 2] }),
                Some(5),
                More::Unknown,
            ),
            (
                json!({ "data": [1, 2], "pagination": { "limit": 2, "total": 5 } }),
                Some(5),
                More::Unknown,
            ),
            (
                json!({ "sims": [1, 2], "pagination": { "has_more": true, "next_page": "p2" } }),
                None,
                next("p2"),
            ),
            (
                json!({ "sims": [1, 2], "pagination": { "next_page": 2 } }),
                None,
                next("2"),
            ),
            (
                json!({ "sims": [1, 2], "has_more": true, "next_page": null }),
                None,
                More::Yes(None),
            ),
            (
                json!({ "sims": [1, 2], "total": 2, "pagination": { "has_more": false, "next_page": "" } }),
                Some(2),
                More::No,
            ),
        ] {
            let page = read(&body, "sims").unwrap();
            assert_eq!(page.entries, [json!(1), json!(2)], "{body}");
            assert_eq!((page.total, page.more), (total, more), "{body}");
        }
    }

    #[test]
    fn an_answer_without_entries_is_not_a_list() {
        for (body, problem) in [
            (
                json!({ "items": [], "total": 0 }),
                "it is an object with the members `items`, `total` instead of a list",
            ),
            (
                json!({ "connectors": {} }),
                "it is an object with the members `connectors` instead of a list",
            ),
            (
                json!({}),
                "it is an object with no members instead of a list",
            ),
            (json!("x"), "the body is a string instead of a list"),
            (json!(null), "the body is null or missing instead of a list"),
        ] {
            let error = read(&body, "connectors").unwrap_err();
            assert_eq!(error.to_string(), problem, "{body}");
        }
    }
}
