//! Whether the account has a connector of a name, with as few lists as can be.

use super::known_names::Listed;
use crate::onomondo::{Client, Error, Operation};

impl Client {
    /// Notes that a state holds a connector of this name, which is then no stranger's.
    pub fn note_managed(&self, name: &str) {
        self.known_names().note_managed(name);
    }

    /// Whether the account has a connector of this name that no state of this process holds, as far
    /// as that can be told now: `false` where it cannot. For a warning ahead of a create, which
    /// looks again and does not guess.
    ///
    /// One list answers for every name a process asks for, and where it cannot be had, nothing is
    /// asked again: a plan of many creates must not wait for a dead API once for each.
    pub async fn name_seems_taken(&self, operation: &Operation, name: &str) -> bool {
        let names = self.known_names();
        let Ok(_looking) = operation.wait_for(names.looking_ahead.lock()).await else {
            return false;
        };
        if names.gave_up() || names.is_managed(name) {
            return false;
        }
        match self.list_once(operation).await {
            Ok(()) => names.listed(name) == Listed::Yes,
            Err(error) => {
                tracing::debug!(name, reason = %error, "could not look whether the name is taken");
                names.give_up();
                false
            }
        }
    }

    /// What the list tells of a name. An older list alone proves no connector.
    pub(in crate::onomondo) async fn look_up_name(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Listed, Error> {
        let names = self.known_names();
        self.list_once(operation).await?;
        if names.may_exist(name) {
            names.replace(&self.connectors_anew(operation).await?);
        }
        Ok(names.listed(name))
    }

    /// Takes the one list that serves all creates, if it was not taken yet.
    pub(in crate::onomondo) async fn list_once(&self, operation: &Operation) -> Result<(), Error> {
        let names = self.known_names();
        if !names.is_listed() {
            names.begin_with(&self.connectors(operation).await?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use crate::onomondo::test_server::{Reply, Server, TLS, operation};

    const LIST: &str = "GET /connectors";

    #[tokio::test]
    async fn one_list_answers_for_all_names() {
        let list = Reply::json(200, &format!("[{TLS}]"));
        let server = Server::start([(LIST, list)]).await;
        let (client, operation) = (server.client(), operation());
        let look = |name| client.name_seems_taken(&operation, name);
        let taken = [look("one").await, look("two").await, look("fleet").await];
        assert_eq!(taken, [false, false, true]);
        assert_eq!(server.lines().len(), 1);

        // What is replaced is there, and that is no news.
        client.note_managed("fleet");
        assert!(!look("fleet").await);
    }

    #[tokio::test]
    async fn an_api_that_fails_is_asked_once_for_all_names() {
        let server = Server::start([(LIST, Reply::json(401, "{}"))]).await;
        let (client, operation) = (server.client(), operation());
        let looks = ["one", "two", "three"].map(|name| client.name_seems_taken(&operation, name));
        assert_eq!(join_all(looks).await, [false; 3]);
        assert_eq!(server.lines().len(), 1);
    }
}
