//! `PATCH /connectors/{connector_name}`.

use crate::onomondo::{
    Client, Connector, ConnectorPatch, Error, Operation,
    transport::request::Request,
    wire::write_answer::{WriteAnswer, incomplete},
};

impl Client {
    /// Changes a connector. A PATCH says what shall be, so it is repeated after a failure.
    ///
    /// The answer is what the API has now: after a rename the caller compares the name, since it is
    /// not certain that the API renames.
    pub async fn update_connector(
        &self,
        operation: &Operation,
        name: &str,
        patch: &ConnectorPatch,
    ) -> Result<Connector, Error> {
        let new_name = patch.name.as_deref().unwrap_or(name);
        let connector = match self.patch(operation, name, patch).await {
            Ok(connector) => connector,
            // The first attempt may have renamed it, so that the second finds nothing.
            Err(Error::NotFound(refusal))
                if new_name != name && refusal.exchange.may_have_written =>
            {
                match self
                    .find_connector_anew(&operation.finishing(), new_name)
                    .await?
                {
                    Some(connector) => connector,
                    None => return Err(Error::NotFound(refusal)),
                }
            }
            // Whatever became of the answer: a rename that was made must not stay unknown.
            Err(error) if new_name != name && error.may_have_written() => {
                match self.renamed(operation, name, new_name).await {
                    Some(connector) => connector,
                    None => return Err(error),
                }
            }
            Err(error) => return Err(error),
        };
        if connector.name != name {
            self.known_names().removed(name);
            self.known_names().made(&connector.name);
        }
        Ok(connector)
    }

    /// The connector under its new name, if the list has it there and no longer under the old one.
    async fn renamed(&self, operation: &Operation, from: &str, to: &str) -> Option<Connector> {
        let operation = operation.finishing();
        let old = self.find_connector_anew(&operation, from).await.ok()?;
        if old.is_some() {
            return None;
        }
        self.find_connector(&operation, to).await.ok()?
    }

    async fn patch(
        &self,
        operation: &Operation,
        name: &str,
        patch: &ConnectorPatch,
    ) -> Result<Connector, Error> {
        let request = Request::patch(&["connectors", name], patch.to_json(), patch.secrets());
        let answer = self.send(operation, &request).await?;
        let answered = match WriteAnswer::read(&answer, &self.config().vocabulary)? {
            WriteAnswer::Whole(connector) => return Ok(connector),
            WriteAnswer::Part(answered) => answered,
        };
        let new_name = patch.name.as_deref().unwrap_or(name);
        let candidates = [answered.as_deref().unwrap_or(new_name), new_name, name];
        match self.look_up_written(operation, &candidates).await {
            Ok(Some(connector)) => Ok(connector),
            // What the list said matters less than that the change was made.
            Ok(None) | Err(_) => Err(incomplete(&answer.exchange)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::{
        BodyProblem, Config,
        test_server::{Reply, Server, TLS, client, config, operation},
    };

    fn rename(name: &str) -> ConnectorPatch {
        ConnectorPatch {
            name: Some(name.into()),
            ..ConnectorPatch::default()
        }
    }

    fn list(name: &str) -> Reply {
        Reply::json(200, &format!("[{}]", TLS.replace("fleet", name)))
    }

    const PATCH: &str = "PATCH /connectors/fleet";
    const LIST: &str = "GET /connectors";

    #[tokio::test]
    async fn a_whole_answer_needs_no_list() {
        let server = Server::start([(PATCH, Reply::json(200, TLS))]).await;
        let patch = ConnectorPatch {
            tags: Some(vec!["a".into()]),
            ..ConnectorPatch::default()
        };
        let connector = server
            .client()
            .update_connector(&operation(), "fleet", &patch)
            .await;
        assert_eq!(connector.unwrap().name, "fleet");
        assert_eq!(server.bodies(), [r#"{"tags":["a"]}"#]);
    }

    #[tokio::test]
    async fn an_answer_that_lacks_something_is_completed_from_a_list() {
        for reply in [
            Reply::json(204, ""),
            Reply::json(200, "{}"),
            Reply::json(200, "null"),
            Reply::json(200, r#"{"message":"OK"}"#),
            Reply::json(200, r#"{"name":"fleet","type":"tls"}"#),
        ] {
            let server = Server::start([(PATCH, reply), (LIST, list("fleet"))]).await;
            let patch = ConnectorPatch::default();
            let connector = server
                .client()
                .update_connector(&operation(), "fleet", &patch)
                .await;
            assert_eq!(connector.unwrap().name, "fleet");
            server.all_came();
        }
    }

    /// A login page, say: no list could tell whether a secret that was sent arrived.
    #[tokio::test]
    async fn an_answer_that_the_api_does_not_give_is_no_success() {
        for reply in [
            Reply::html(200, "<html>"),
            Reply::json(200, "[]"),
            Reply::json(200, "true"),
        ] {
            let server = Server::start([(PATCH, reply)]).await;
            let patch = ConnectorPatch::default();
            let error = server
                .client()
                .update_connector(&operation(), "fleet", &patch)
                .await
                .unwrap_err();
            assert!(matches!(error, Error::UnexpectedBody { .. }), "{error:?}");
            assert!(error.may_have_written());
        }
    }

    #[tokio::test]
    async fn a_rename_is_looked_for_whatever_the_answer() {
        let server =
            Server::start([(PATCH, Reply::html(200, "<html>")), (LIST, list("renamed"))]).await;
        let connector = server
            .client()
            .update_connector(&operation(), "fleet", &rename("renamed"))
            .await;
        assert_eq!(connector.unwrap().name, "renamed");
    }

    #[tokio::test]
    async fn a_done_write_that_no_list_shows_says_that_it_was_done() {
        let empty = || Reply::json(200, "[]");
        let server = Server::start([
            (PATCH, Reply::json(200, "{}")),
            (LIST, empty()),
            (LIST, empty()),
            (LIST, empty()),
        ])
        .await;
        let patch = ConnectorPatch::default();
        let error = server
            .client()
            .update_connector(&operation(), "fleet", &patch)
            .await
            .unwrap_err();
        assert!(
            matches!(
                &error,
                Error::UnexpectedBody {
                    problem: BodyProblem::Incomplete,
                    ..
                }
            ),
            "{error:?}"
        );
        assert!(error.may_have_written());
    }

    #[tokio::test]
    async fn a_patch_is_repeated_after_what_may_pass() {
        for failure in [
            Reply::reset(),
            Reply::truncated(200, TLS),
            Reply::json(429, "").header("retry-after", "0"),
            Reply::json(500, ""),
            Reply::json(502, ""),
            Reply::json(503, ""),
            Reply::json(504, ""),
        ] {
            let server = Server::start([(PATCH, failure), (PATCH, Reply::json(200, TLS))]).await;
            let patch = ConnectorPatch::default();
            let connector = server
                .client()
                .update_connector(&operation(), "fleet", &patch)
                .await;
            assert_eq!(connector.unwrap().name, "fleet");
            server.all_came();
        }
    }

    #[tokio::test]
    async fn a_rename_whose_answers_are_all_lost_is_looked_for() {
        for (now, renamed) in [("renamed", true), ("fleet", false)] {
            let server = Server::start([(PATCH, Reply::reset()), (LIST, list(now))]).await;
            let config = Config {
                max_retries: 0,
                ..config(&server.url())
            };
            let result = client(config)
                .update_connector(&operation(), "fleet", &rename("renamed"))
                .await;
            match result {
                Ok(connector) => assert!(renamed && connector.name == "renamed"),
                Err(error) => assert!(!renamed && error.may_have_written(), "{error:?}"),
            }
            server.all_came();
        }
    }

    #[tokio::test]
    async fn a_repeated_rename_that_finds_nothing_looks_for_the_new_name() {
        let server = Server::start([
            (PATCH, Reply::reset()),
            (PATCH, Reply::json(404, "")),
            (LIST, list("renamed")),
        ])
        .await;
        let connector = server
            .client()
            .update_connector(&operation(), "fleet", &rename("renamed"))
            .await;
        assert_eq!(connector.unwrap().name, "renamed");
    }

    #[tokio::test]
    async fn a_rename_that_was_never_carried_out_and_finds_nothing_is_not_found() {
        for script in [
            vec![(PATCH, Reply::json(404, ""))],
            vec![
                (PATCH, Reply::json(429, "").header("retry-after", "0")),
                (PATCH, Reply::json(404, "")),
            ],
            vec![
                (PATCH, Reply::json(502, "")),
                (PATCH, Reply::json(404, "")),
                (LIST, Reply::json(200, "[]")),
            ],
        ] {
            let server = Server::start(script).await;
            let result = server
                .client()
                .update_connector(&operation(), "fleet", &rename("renamed"))
                .await;
            assert!(matches!(result, Err(Error::NotFound(_))), "{result:?}");
            server.all_came();
        }
    }

    #[tokio::test]
    async fn an_api_that_kept_the_old_name_is_seen() {
        let server = Server::start([
            (PATCH, Reply::json(204, "")),
            (LIST, list("fleet")),
            (LIST, list("fleet")),
            (LIST, list("fleet")),
        ])
        .await;
        let connector = server
            .client()
            .update_connector(&operation(), "fleet", &rename("renamed"))
            .await;
        assert_eq!(connector.unwrap().name, "fleet");
    }
}
