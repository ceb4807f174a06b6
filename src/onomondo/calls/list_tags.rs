//! `GET /tags/search/tags`: the tags that the API key can see, page by page.

use std::sync::Arc;

use serde_json::Value;

use crate::onomondo::{
    BodyProblem, Client, Error, Operation, Tag, transport::request::Request, wire::decode,
};

/// How many tags are asked for at once: the most that any answer of the API holds.
const PAGE: usize = 1000;

/// The most pages that are read. An API that never comes to an end must not be asked forever.
const PAGES: usize = 1000;

/// One answer.
pub(in crate::onomondo) struct Page {
    tags: Vec<Tag>,
    /// How many there are in all, where the answer tells.
    total: Option<u64>,
}

impl Client {
    /// All tags that the API key can see, by name. One listing serves all who ask at about the same
    /// time.
    pub async fn tags(&self, operation: &Operation) -> Result<Arc<[Tag]>, Error> {
        let client = self.clone();
        let list = move |operation| {
            let client = client.clone();
            async move { client.all_tags(&operation).await }
        };
        self.account().tags.get(operation, list).await
    }

    async fn all_tags(&self, operation: &Operation) -> Result<Arc<[Tag]>, Error> {
        let mut tags = Vec::new();
        for _ in 0..PAGES {
            let page = self.tags_from(operation, tags.len()).await?;
            let is_empty = page.tags.is_empty();
            tags.extend(page.tags);
            let is_last = page.total.is_none_or(|total| tags.len() as u64 >= total);
            if is_empty || is_last {
                break;
            }
        }
        // A tag that is made or removed meanwhile moves the others between pages: one may come twice.
        tags.sort_by(|one: &Tag, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        tags.dedup();
        Ok(tags.into())
    }

    async fn tags_from(&self, operation: &Operation, offset: usize) -> Result<Page, Error> {
        let request = Request::get(&["tags", "search", "tags"])
            .query("limit", PAGE.to_string())
            .query("offset", offset.to_string());
        let answer = self.send(operation, &request).await?;
        read(&answer.json()?).map_err(|problem| answer.unexpected(problem))
    }
}

/// Reads a page, or the bare array that the API's other lists are.
pub(in crate::onomondo) fn read(body: &Value) -> Result<Page, BodyProblem> {
    let (entries, place) = match body {
        Value::Array(_) => (body, "the body"),
        _ => (body.get("result").unwrap_or(&Value::Null), "result"),
    };
    Ok(Page {
        tags: decode::tags(entries, place)?,
        total: body.get("total").and_then(Value::as_u64),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::onomondo::test_server::{Reply, Server, operation};

    const FIRST: &str = "GET /tags/search/tags?limit=1000&offset=0";

    fn page(ids: &[&str], total: usize) -> Reply {
        let tag =
            |id: &&str| json!({ "id": id, "name": "Fleet", "can_write": true, "color": null });
        let result: Vec<_> = ids.iter().map(tag).collect();
        let body = json!({ "count": ids.len(), "limit": 1000, "total": total, "result": result });
        Reply::json(200, &body.to_string())
    }

    #[tokio::test]
    async fn pages_are_read_until_all_are_there() {
        let server = Server::start([
            (FIRST, page(&["b", "a"], 5)),
            (
                "GET /tags/search/tags?limit=1000&offset=2",
                page(&["c", "b"], 5),
            ),
            ("GET /tags/search/tags?limit=1000&offset=4", page(&["d"], 5)),
        ])
        .await;
        let tags = server.client().tags(&operation()).await.unwrap();
        let ids: Vec<_> = tags.iter().map(|tag| tag.id.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c", "d"]);
        assert_eq!(tags[0].name.as_deref(), Some("Fleet"));
        assert_eq!(tags[0].can_write, Some(true));
        server.all_came();
    }

    #[tokio::test]
    async fn an_empty_page_is_the_last_whatever_the_total() {
        let second = "GET /tags/search/tags?limit=1000&offset=1";
        let server = Server::start([(FIRST, page(&["a"], 9)), (second, page(&[], 9))]).await;
        assert_eq!(server.client().tags(&operation()).await.unwrap().len(), 1);
        server.all_came();
    }

    #[test]
    fn a_bare_array_is_a_whole_list_and_anything_else_an_error() {
        let page = read(&json!([{ "id": "a", "name": "Fleet" }])).unwrap();
        assert_eq!((page.tags.len(), page.total), (1, None));
        for body in [
            json!({}),
            json!({ "result": {} }),
            json!("tags"),
            json!([{ "name": "Fleet" }]),
        ] {
            assert!(read(&body).is_err(), "{body}");
        }
    }
}
