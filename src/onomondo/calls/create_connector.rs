//! `POST /connectors`, made so that nothing is ever made twice or overwritten.
//!
//! What the API does with a name that exists is not documented, and a POST whose answer is lost may
//! or may not have been carried out. So: look before, and look again before each repeat.

use tokio::time::Instant;

use super::list_connectors::LIST_LIMIT;
use crate::onomondo::{
    Client, Connector, Error, Exchange, NewConnector, Operation, Refusal,
    account::known_names::Listed,
    transport::{request::Request, retry},
    wire::write_answer::{WriteAnswer, incomplete},
};

/// Why a connector was not made, or not known to be.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The account has a connector of that name; nothing was made.
    #[error("a connector named `{name}` already exists{}", shown_refusal(refusal.as_deref()))]
    AlreadyExists {
        /// The name.
        name: String,
        /// What the API said, if it was asked.
        refusal: Option<Box<Refusal>>,
    },
    /// The answer was lost, and it cannot be told whether a connector was made.
    #[error(
        "the answer is lost, and a connector may have been made{}: {cause}",
        shown_new(new)
    )]
    Unsure {
        /// Connectors that are in the account now and that this process did not make itself.
        new: Vec<String>,
        /// How the answer was lost.
        #[source]
        cause: Error,
    },
    /// Every other failure. Its `may_have_written` tells whether the connector may appear yet.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl Client {
    /// Makes a connector. A name that the account already has is refused without a POST.
    pub async fn create_connector(
        &self,
        operation: &Operation,
        new: &NewConnector,
    ) -> Result<Connector, CreateError> {
        let connector = match &new.name {
            Some(name) => self.create_named(operation, new, name).await?,
            None => self.create_unnamed(operation, new).await?,
        };
        self.known_names().made(&connector.name);
        Ok(connector)
    }

    async fn create_named(
        &self,
        operation: &Operation,
        new: &NewConnector,
        name: &str,
    ) -> Result<Connector, CreateError> {
        let _claim = self
            .known_names()
            .claim(name)
            .ok_or_else(|| already_exists(name, None))?;
        self.refuse_existing(operation, name).await?;

        let start = Instant::now();
        let mut attempts = 0;
        let mut lost = false;
        let mut waits = retry::waits(self.first_wait(), self.config().max_retries);
        loop {
            let mut error = match self.post(operation, new).await {
                Ok((WriteAnswer::Whole(connector), _)) => return Ok(connector),
                Ok((WriteAnswer::Part(named), _)) => {
                    let name = named.as_deref().unwrap_or(name);
                    return Ok(self.complete_new(operation, new, name).await);
                }
                Err(error) => error,
            };
            let lost_now = error.may_have_written();
            lost |= lost_now;
            if let Some(exchange) = error.exchange_mut() {
                attempts += exchange.attempts;
                exchange.attempts = attempts;
                exchange.elapsed = start.elapsed();
                exchange.may_have_written = lost;
            }
            if !lost_now {
                return self.settle_refusal(operation, name, error, lost).await;
            }
            // Waiting first gives a request that is still being carried out the time to appear.
            let waited = match waits.next() {
                Some(wait) => {
                    let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                    tracing::warn!(name, wait_ms, reason = %error,
                        "the answer to a create is lost, looking after a wait whether it was made");
                    Some(operation.wait(wait).await)
                }
                None => None,
            };
            match self.find_connector_anew(&operation.finishing(), name).await {
                // It was not there before the first POST.
                Ok(Some(connector)) => return Ok(connector),
                Ok(None) => {}
                Err(look) => {
                    tracing::warn!(name, reason = %look, "could not look whether it was made");
                    return Err(CreateError::Unsure {
                        new: Vec::new(),
                        cause: error,
                    });
                }
            }
            match (waited, error.exchange().cloned()) {
                (Some(Ok(())), _) => {}
                (Some(Err(ended)), Some(exchange)) => {
                    return Err(ended.into_error(exchange, Some(error)).into());
                }
                _ => return Err(error.into()),
            }
        }
    }

    /// Without a name there is nothing to look for, so a lost answer stays lost.
    async fn create_unnamed(
        &self,
        operation: &Operation,
        new: &NewConnector,
    ) -> Result<Connector, CreateError> {
        self.list_once(operation).await?;
        let cause = match self.post(operation, new).await {
            Ok((WriteAnswer::Whole(connector), _)) => return Ok(connector),
            Ok((WriteAnswer::Part(Some(name)), _)) => {
                return Ok(self.complete_new(operation, new, &name).await);
            }
            Ok((WriteAnswer::Part(None), exchange)) => incomplete(&exchange),
            Err(error) if error.may_have_written() => error,
            Err(error) => return Err(error.into()),
        };
        let new = match self.connectors_anew(&operation.finishing()).await {
            Ok(connectors) => self.known_names().unaccounted(&connectors),
            Err(_) => Vec::new(),
        };
        Err(CreateError::Unsure { new, cause })
    }

    async fn post(
        &self,
        operation: &Operation,
        new: &NewConnector,
    ) -> Result<(WriteAnswer, Exchange), Error> {
        let request = Request::post(&["connectors"], new.to_json(), new.secrets());
        let answer = self.send(operation, &request).await?;
        let written = WriteAnswer::read(&answer, &self.config().vocabulary)?;
        Ok((written, answer.exchange))
    }

    /// What a POST that was certainly not carried out means.
    async fn settle_refusal(
        &self,
        operation: &Operation,
        name: &str,
        error: Error,
        lost: bool,
    ) -> Result<Connector, CreateError> {
        if !lost && !may_be_about_the_name(&error) {
            return Err(error.into());
        }
        let found = self.find_connector_anew(&operation.finishing(), name).await;
        match (found, error) {
            // An earlier attempt, whose answer was lost, made it.
            (Ok(Some(connector)), _) if lost => Ok(connector),
            (Err(_), cause) if lost => Err(CreateError::Unsure {
                new: Vec::new(),
                cause,
            }),
            (Ok(Some(_)), error) => {
                Err(already_exists(name, error.refusal().cloned().map(Box::new)))
            }
            (_, Error::Conflict(refusal)) => Err(already_exists(name, Some(refusal))),
            (_, error) => Err(error.into()),
        }
    }

    /// Fills in an answer that lacks something. A connector that the list does not show, as for a
    /// key limited to tags that it does not carry, was made all the same.
    async fn complete_new(
        &self,
        operation: &Operation,
        new: &NewConnector,
        name: &str,
    ) -> Connector {
        match self.look_up_written(operation, &[name]).await {
            Ok(Some(connector)) => connector,
            Ok(None) | Err(_) => new.as_made(name),
        }
    }

    /// Fails if the account has a connector of that name.
    async fn refuse_existing(&self, operation: &Operation, name: &str) -> Result<(), CreateError> {
        match self.look_up_name(operation, name).await? {
            Listed::No => Ok(()),
            Listed::Yes => Err(already_exists(name, None)),
            Listed::Unknown => Err(CreateError::Failed(Error::ListTruncated {
                name: name.to_owned(),
                limit: LIST_LIMIT,
            })),
        }
    }
}

/// Whether a refusal could mean that the name exists. Not those about the key or the load.
fn may_be_about_the_name(error: &Error) -> bool {
    matches!(
        error,
        Error::Forbidden(_)
            | Error::Invalid(_)
            | Error::NotFound(_)
            | Error::Conflict(_)
            | Error::UnexpectedStatus { .. }
    )
}

fn already_exists(name: &str, refusal: Option<Box<Refusal>>) -> CreateError {
    CreateError::AlreadyExists {
        name: name.to_owned(),
        refusal,
    }
}

fn shown_refusal(refusal: Option<&Refusal>) -> String {
    refusal.map_or_else(String::new, |refusal| format!(": {refusal}"))
}

fn shown_new(new: &[String]) -> String {
    if new.is_empty() {
        return String::new();
    }
    let names: Vec<String> = new.iter().map(|name| format!("`{name}`")).collect();
    format!(" (new in the account: {})", names.join(", "))
}

#[cfg(test)]
mod tests;
