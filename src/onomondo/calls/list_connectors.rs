//! `GET /connectors`, which is every read: there is no documented request for one connector.

use std::sync::Arc;

use crate::onomondo::{
    Client, Connector, Error, Operation,
    account::{
        connectors::Connectors,
        listing::{Fetched, ListFailure, Since},
    },
    transport::request::Request,
    wire::decode,
};

/// The most objects that Onomondo puts into one answer.
pub const LIST_LIMIT: usize = 1000;

impl Client {
    /// All connectors that the API key can see, as they were after the last write of this process.
    /// One request serves all who ask at about the same time.
    pub async fn connectors(&self, operation: &Operation) -> Result<Arc<Connectors>, Error> {
        Ok(self.list_connectors(operation, Since::LastWrite).await?)
    }

    /// The connector with exactly this name. `None` only where a complete list does not have it.
    pub async fn find_connector(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Connector>, ListFailure> {
        let list = self.list_connectors(operation, Since::LastWrite).await?;
        Ok(list.find(name)?.cloned())
    }

    /// All connectors, in a list that is new enough.
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
        let request = Request::get(&["connectors"]);
        let answer = self.send(operation, &request).await?;
        match decode::connectors(&answer.json()?, &self.config().vocabulary) {
            Ok(all) => Ok(Connectors::new(all, answer.date())),
            Err(problem) => Err(answer.unexpected(problem)),
        }
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
                Reply::json(200, r#"{"connectors":[]}"#),
                "with the members `connectors`",
            ),
            (
                Reply::html(200, "<html><title>Sign in</title>"),
                "it is not JSON",
            ),
            (Reply::json(200, ""), "it is not JSON"),
            (Reply::json(204, ""), "it is not JSON"),
            (
                Reply::json(200, r#"[{"type":"tls"}]"#),
                "[0].name is missing",
            ),
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
            "the answer cannot be read: it is not JSON (line 1, column 1); it starts with `Sign in` \
             (`GET /connectors`, status 200, request ID `r-1`, content type `text/html`)"
        );
    }
}
