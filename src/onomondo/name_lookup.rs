//! Whether the account has a connector of a name, with as few lists as can be.

use super::{Client, Error, Exchange, Operation, known_names::Listed};

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
        match self.look_up_name(operation, name).await {
            Ok(listed) => listed == Listed::Yes,
            Err(error) => {
                tracing::debug!(name, reason = %error, "could not look whether the name is taken");
                names.give_up();
                false
            }
        }
    }

    /// What the list tells of a name. An older list alone proves no connector.
    pub(super) async fn look_up_name(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<Listed, Error> {
        let fresh = self.list_once(operation).await?;
        if !fresh && self.known_names().may_exist(name) {
            let connectors = self.connectors(operation).await?;
            self.known_names().replace(&connectors);
        }
        Ok(self.known_names().listed(name))
    }

    /// Takes the one list that serves all creates. Tells whether it was taken just now.
    pub(super) async fn list_once(&self, operation: &Operation) -> Result<bool, Error> {
        let names = self.known_names();
        let _listing = match operation.wait_for(names.listing.lock()).await {
            Ok(listing) => listing,
            Err(ended) => {
                return Err(ended.into_error(Exchange::unsent("GET", "/connectors"), None));
            }
        };
        if names.is_listed() {
            return Ok(false);
        }
        names.replace(&self.connectors(operation).await?);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join_all;

    use crate::onomondo::test_server::{Reply, Server, TLS, operation};

    const LIST: &str = "GET /connectors";

    #[tokio::test]
    async fn one_list_answers_for_all_names_and_a_hit_is_looked_up_once_more() {
        let list = Reply::json(200, &format!("[{TLS}]"));
        let server = Server::start([(LIST, list.clone()), (LIST, list)]).await;
        let (client, operation) = (server.client(), operation());
        let look = |name| client.name_seems_taken(&operation, name);
        let taken = [look("one").await, look("two").await, look("fleet").await];
        assert_eq!(taken, [false, false, true]);
        assert_eq!(server.lines().len(), 2);

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
