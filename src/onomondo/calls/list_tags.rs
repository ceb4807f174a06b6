//! `GET /tags/search/tags`: all pages of the tags that the API key can see.

use std::sync::Arc;

use super::whole_list::{LIST_LIMIT, Listed};
use crate::onomondo::{Client, Error, Operation, Tag, transport::request::Request, wire::decode};

impl Client {
    /// All tags that the API key can see, by name. One listing serves all callers that ask at about
    /// the same time.
    pub async fn tags(&self, operation: &Operation) -> Result<Arc<Vec<Tag>>, Error> {
        let list = |operation| {
            let client = self.clone();
            async move { client.all_tags(&operation).await }
        };
        Ok(self.account().tags(operation, list).await?)
    }

    async fn all_tags(&self, operation: &Operation) -> Result<Vec<Tag>, Error> {
        let request = Request::get(&["tags", "search", "tags"])
            .query("limit", LIST_LIMIT.to_string())
            .query("offset", 0.to_string());
        let listed = Listed {
            member: "tags",
            read: decode::tag,
            key: |tag: &Tag| Some(tag.id.as_str()),
        };
        let list = self.whole_list(operation, request, listed).await?;
        // A tag that is missing here would look deleted.
        if list.is_cut_off {
            return Err(Error::TagsCutOff {
                count: list.entries.len(),
            });
        }
        let mut tags = list.entries;
        tags.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        Ok(tags)
    }
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
    async fn a_cut_off_list_is_an_error() {
        let second = "GET /tags/search/tags?limit=1000&offset=1";
        let server = Server::start([(FIRST, page(&["a"], 5)), (second, page(&["a"], 5))]).await;
        let error = server.client().tags(&operation()).await.unwrap_err();
        assert!(matches!(error, Error::TagsCutOff { count: 1 }), "{error:?}");
    }
}
