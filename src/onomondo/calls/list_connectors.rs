//! `GET /connectors`, which is every read: there is no documented request for one connector.

use std::sync::Arc;

use crate::onomondo::{
    Client, Connector, Error, Operation, transport::request::Request, wire::decode,
};

/// The most objects that Onomondo puts into one answer. This list has no documented paging.
pub const LIST_LIMIT: usize = 1000;

impl Client {
    /// All connectors that the API key can see, as they were after the last write of this process.
    /// One request serves all who ask at about the same time.
    pub async fn connectors(&self, operation: &Operation) -> Result<Arc<[Connector]>, Error> {
        let client = self.clone();
        let list = move |operation| {
            let client = client.clone();
            async move { client.list(&operation).await }
        };
        self.account().connectors.get(operation, list).await
    }

    /// All connectors, from a request that begins now.
    pub(in crate::onomondo) async fn connectors_anew(
        &self,
        operation: &Operation,
    ) -> Result<Arc<[Connector]>, Error> {
        self.account().connectors.outdate();
        self.connectors(operation).await
    }

    /// The connector with exactly this name. `None` only where a complete list does not have it.
    pub async fn find_connector(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Connector>, Error> {
        find(&self.connectors(operation).await?, name)
    }

    /// The same in a list that begins now: for what a request may do after its answer was lost.
    pub(in crate::onomondo) async fn find_connector_anew(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Option<Connector>, Error> {
        find(&self.connectors_anew(operation).await?, name)
    }

    async fn list(&self, operation: &Operation) -> Result<Arc<[Connector]>, Error> {
        let answer = self.send(operation, &Request::get(&["connectors"])).await?;
        let connectors = decode::connectors(&answer.json()?, &self.config().vocabulary);
        connectors
            .map(Arc::from)
            .map_err(|problem| answer.unexpected(problem))
    }
}

fn find(connectors: &[Connector], name: &str) -> Result<Option<Connector>, Error> {
    let mut named = connectors.iter().filter(|connector| connector.name == name);
    match (named.next(), named.count()) {
        (None, _) if connectors.len() == LIST_LIMIT => Err(Error::ListTruncated {
            name: name.to_owned(),
            limit: LIST_LIMIT,
        }),
        (found, 0) => Ok(found.cloned()),
        (_, others) => Err(Error::DuplicateName {
            name: name.to_owned(),
            count: others + 1,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::{Reply, Server, connector, operation};

    #[test]
    fn a_name_is_found_exactly() {
        let all = || ["Fleet", "fleet", "twice", "twice"].map(connector).to_vec();
        assert_eq!(find(&all(), "fleet").unwrap().unwrap().name, "fleet");
        assert_eq!(find(&all(), "FLEET").unwrap(), None);
        assert!(matches!(
            find(&all(), "twice"),
            Err(Error::DuplicateName { count: 2, .. })
        ));
    }

    #[test]
    fn a_full_list_without_the_name_says_nothing() {
        let full: Vec<_> = (0..1000)
            .map(|number| connector(&format!("c{number}")))
            .collect();
        assert!(matches!(
            find(&full, "fleet"),
            Err(Error::ListTruncated { limit: 1000, .. })
        ));
        assert!(find(&full, "c999").unwrap().is_some());
        assert_eq!(find(&full[1..], "c0").unwrap(), None);
    }

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
