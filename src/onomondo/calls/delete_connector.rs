//! `DELETE /connectors/{connector_name}`.

use crate::onomondo::{Client, Error, Operation, transport::request::Request};

impl Client {
    /// Removes a connector; one that is not there is removed already.
    ///
    /// [`Error::Forbidden`] is documented as "still mapped to some SIMs", and may also mean that the
    /// key is not allowed to; the caller finds out which.
    pub async fn delete_connector(&self, operation: &Operation, name: &str) -> Result<(), Error> {
        match self.send_delete(operation, name).await {
            Ok(()) | Err(Error::NotFound(_)) => {}
            Err(error) if may_mean_gone(&error) => {
                match self.find_connector_anew(&operation.finishing(), name).await {
                    Ok(None) => {}
                    Ok(Some(_)) | Err(_) => return Err(error),
                }
            }
            Err(error) => return Err(error),
        }
        self.known_names().removed(name);
        Ok(())
    }

    async fn send_delete(&self, operation: &Operation, name: &str) -> Result<(), Error> {
        let request = Request::delete(&["connectors", name]);
        let answer = self.send(operation, &request).await?;
        if !answer.is_empty() {
            // What it says is not documented. If it is no JSON, something else than the API answered.
            answer.json()?;
        }
        Ok(())
    }
}

/// Whether the list has to tell if there is still such a connector. What the API answers for one that
/// does not exist is not documented; but a key that may not delete may also not see, so that 401 and
/// 403 never mean it.
fn may_mean_gone(error: &Error) -> bool {
    match error {
        Error::Invalid(_) | Error::Conflict(_) | Error::UnexpectedBody { .. } => true,
        Error::UnexpectedStatus { refusal, .. } => {
            matches!(refusal.exchange.status, Some(400..500))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::{Reply, Server, TLS, operation};

    const DELETE: &str = "DELETE /connectors/fleet";
    const LIST: &str = "GET /connectors";

    #[tokio::test]
    async fn what_is_not_there_is_removed() {
        let empty = || Reply::json(200, "[]");
        for script in [
            vec![(DELETE, Reply::json(200, "{}"))],
            vec![(DELETE, Reply::json(204, ""))],
            vec![(DELETE, Reply::html(200, "<html>")), (LIST, empty())],
            vec![(DELETE, Reply::json(404, ""))],
            vec![(DELETE, Reply::reset()), (DELETE, Reply::json(404, ""))],
            vec![(DELETE, Reply::json(400, "")), (LIST, empty())],
            vec![(DELETE, Reply::json(410, "")), (LIST, empty())],
        ] {
            let server = Server::start(script).await;
            server
                .client()
                .delete_connector(&operation(), "fleet")
                .await
                .unwrap();
            server.all_came();
        }
    }

    #[tokio::test]
    async fn a_refusal_counts_while_the_list_has_it_or_cannot_tell() {
        let there = Reply::json(200, &format!("[{TLS}]"));
        let refused = || Reply::json(400, r#"{"error":"in_use"}"#);
        for list in [there, Reply::json(403, ""), Reply::json(200, "{}")] {
            let server = Server::start([(DELETE, refused()), (LIST, list)]).await;
            let error = server
                .client()
                .delete_connector(&operation(), "fleet")
                .await
                .unwrap_err();
            assert!(matches!(error, Error::Invalid(_)), "{error:?}");
            assert!(error.to_string().contains("`in_use`"));
            server.all_came();
        }
    }

    /// A login page in place of the API.
    #[tokio::test]
    async fn a_success_that_the_api_did_not_tell_counts_once_the_list_agrees() {
        for list in [
            Reply::json(200, &format!("[{TLS}]")),
            Reply::html(200, "<html>"),
        ] {
            let server = Server::start([(DELETE, Reply::html(200, "<html>")), (LIST, list)]).await;
            let error = server
                .client()
                .delete_connector(&operation(), "fleet")
                .await
                .unwrap_err();
            assert!(matches!(error, Error::UnexpectedBody { .. }), "{error:?}");
            assert!(error.may_have_written());
            server.all_came();
        }
    }

    #[tokio::test]
    async fn a_forbidden_delete_is_the_callers_to_explain() {
        let mapped = Reply::json(403, r#"{"error":"Connector still mapped to some SIMs"}"#);
        let server = Server::start([(DELETE, mapped)]).await;
        let error = server
            .client()
            .delete_connector(&operation(), "fleet")
            .await
            .unwrap_err();
        let Error::Forbidden(refusal) = error else {
            panic!("{error:?}");
        };
        assert_eq!(refusal.reason.text, "Connector still mapped to some SIMs");
        assert!(!refusal.exchange.may_have_written);
    }

    #[tokio::test]
    async fn a_name_that_would_delete_something_else_is_not_sent() {
        let server = Server::start([]).await;
        for name in ["", ".", ".."] {
            let error = server
                .client()
                .delete_connector(&operation(), name)
                .await
                .unwrap_err();
            assert!(matches!(error, Error::UnusableName { .. }), "{error:?}");
        }
    }
}
