//! `GET /connectors`, used for every read: Onomondo documents no request for a single connector.

use std::sync::Arc;

use serde_json::Value;

use super::whole_list::Listed;
use crate::onomondo::{
    Client, Connector, Error, OddEntry, Operation,
    account::{
        connectors::Connectors,
        listing::{Fetched, ListFailure, Since},
    },
    transport::request::Request,
    wire::entry,
};

impl Client {
    /// All connectors that the API key can see, including the last write of this process. One
    /// request serves all callers that ask at about the same time.
    pub async fn connectors(&self, operation: &Operation) -> Result<Arc<Connectors>, Error> {
        Ok(self.list_connectors(operation, Since::LastWrite).await?)
    }

    /// The connector with exactly this name. `None` only if a complete list does not have it.
    pub async fn find_connector(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Connector>, ListFailure> {
        let list = self.list_connectors(operation, Since::LastWrite).await?;
        Ok(list.find(name)?.cloned())
    }

    /// The connectors in states that this list lacks, if the list is doubtful and no one was warned
    /// yet: an API key may be limited by tags, or the list may be cut off.
    #[must_use]
    pub fn doubt(&self, list: &Connectors) -> Option<Vec<String>> {
        self.account().doubt(list)
    }

    /// The error for a name that may exist, although the last list does not have it.
    pub(super) fn cut_off(&self, name: &str) -> Error {
        let last = self.account().last_connectors();
        Error::ListTruncated {
            name: name.to_owned(),
            limit: last.map_or(0, |list| list.entries()),
        }
    }

    /// All connectors, from a recent enough list.
    pub(in crate::onomondo) async fn list_connectors(
        &self,
        operation: &Operation,
        since: Since,
    ) -> Fetched<Connectors> {
        let list = |operation| {
            let client = self.clone();
            async move { client.list(&operation).await }
        };
        self.account().connectors(operation, since, list).await
    }

    async fn list(&self, operation: &Operation) -> Result<Connectors, Error> {
        let config = self.config();
        let listed = Listed {
            member: "connectors",
            read: |entry: &Value, place: &str| Ok(entry::read(entry, place, &config.vocabulary)),
            key: entry::name,
        };
        let request = Request::get(&["connectors"]);
        let list = self.whole_list(operation, request, listed).await?;
        let redacted = |odd: OddEntry| OddEntry {
            problem: odd.problem.redacted(&config.redactor),
            ..odd
        };
        let entries = list
            .entries
            .into_iter()
            .map(|entry| entry.map_err(redacted));
        Ok(Connectors::new(
            entries.collect(),
            list.is_complete,
            list.answer.date(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::{Reply, Server, operation};

    #[tokio::test]
    async fn an_answer_of_another_shape_is_never_an_empty_list() {
        for (reply, problem) in [
            (
                Reply::json(200, r#"{"connector":[]}"#),
                "with the members `connector`",
            ),
            (
                Reply::html(200, "<html><title>Sign in</title>"),
                "it is not JSON",
            ),
            (Reply::json(200, ""), "it is not JSON"),
            (Reply::json(204, ""), "it is not JSON"),
            (Reply::json(200, r#"[{"name":"abc","ty"#), "it is not JSON"),
        ] {
            let server = Server::start([("GET /connectors", reply)]).await;
            let error = server.client().connectors(&operation()).await.unwrap_err();
            assert!(matches!(error, Error::UnexpectedBody { .. }), "{error:?}");
            assert!(error.to_string().contains(problem), "{error}");
        }
    }

    #[tokio::test]
    async fn the_answer_that_cannot_be_read_is_shown() {
        let reply = Reply::html(200, "<html><title>Sign in</title>").header("x-request-id", "r-1");
        let server = Server::start([("GET /connectors", reply)]).await;
        let error = server.client().connectors(&operation()).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "the response cannot be read: it is not JSON (line 1, column 1); it starts with `Sign in` \
             (`GET /connectors`, status 200, request ID `r-1`, content type `text/html`)"
        );
    }
}
