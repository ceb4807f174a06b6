//! `POST /connectors`, without ever creating a connector twice or overwriting one.
//!
//! Onomondo does not document what the API does with an existing name. A POST whose response is
//! lost may or may not have been carried out. So this checks the list first, and again before each
//! retry.

use std::time::Duration;

use super::{
    create_error::{CreateError, already_exists},
    lost_write::{Settled, is_lost},
};
use crate::onomondo::{
    Client, Error, NewConnector, Operation, Refusal, Written,
    account::{listing::Since, names::Existence},
    transport::{request::Request, retry, send::Sending, success::Success},
    wire::write_answer::{WriteAnswer, incomplete},
};

/// A POST that failed and may be sent again.
struct Repeat {
    /// How long to wait before sending it again. `None` if no attempts are left.
    wait: Option<Duration>,
    /// Whether an answer was lost, so the connector may exist.
    lost: bool,
    error: Error,
}

impl Client {
    /// Creates a connector. A name that the account already has is refused without a POST, unless
    /// this process is about to free it.
    pub async fn create_connector(
        &self,
        operation: &Operation,
        new: &NewConnector,
    ) -> Result<Written, CreateError> {
        let account = self.account();
        let taking = match &new.name {
            Some(name) => Some(
                account
                    .take(name)
                    .ok_or_else(|| already_exists(name, None, true, false))?,
            ),
            None => None,
        };
        let request = Request::post(&["connectors"], new.to_json(), new.secrets());
        let mut sending = self.prepare(operation, &request).await?;
        let written = match &new.name {
            Some(name) => {
                self.create_named(operation, &mut sending, new, name)
                    .await?
            }
            None => self.create_unnamed(operation, &mut sending, new).await?,
        };
        account.note_made(&written.connector.name);
        drop(taking);
        Ok(written)
    }

    async fn create_named(
        &self,
        operation: &Operation,
        sending: &mut Sending<'_>,
        new: &NewConnector,
        name: &str,
    ) -> Result<Written, CreateError> {
        let account = self.account();
        match self
            .free_name(operation, name, None, sending.exchange())
            .await?
        {
            Existence::Free => {}
            Existence::Taken => return Err(self.already_exists(name, None, false)),
            Existence::Unknown => return Err(self.cut_off(name).into()),
        }
        let mut lost = false;
        let mut conflict_waits = retry::waits(self.first_wait(), u32::MAX);
        loop {
            let error = match self.post(operation, sending, new, name).await {
                Ok(written) => return Ok(written),
                Err(error) => error,
            };
            let wait = if is_lost(&error) {
                lost = true;
                sending.next_wait()
            } else if !lost && matches!(error, Error::Conflict(_)) && account.was_freed(name) {
                // The API may not know yet that this process freed the name.
                conflict_waits.next()
            } else {
                return self
                    .settle_refusal(operation, sending, name, error, lost)
                    .await;
            };
            let repeat = Repeat { wait, lost, error };
            if let Some(written) = self.before_repeat(operation, sending, name, repeat).await? {
                return Ok(written);
            }
        }
    }

    /// Waits. If an answer was lost, then checks whether the connector exists by now. Fails if the
    /// POST must not be sent again.
    async fn before_repeat(
        &self,
        operation: &Operation,
        sending: &Sending<'_>,
        name: &str,
        Repeat { wait, lost, error }: Repeat,
    ) -> Result<Option<Written>, CreateError> {
        // Waiting first gives a request that is still being processed time to finish.
        let waited = match wait {
            Some(wait) => Some(operation.wait(wait).await),
            None => None,
        };
        let error = if lost {
            match self.settle_created(operation, sending, name, error).await? {
                Ok(written) => return Ok(Some(written)),
                Err(error) => error,
            }
        } else {
            error
        };
        match waited {
            Some(Ok(())) => Ok(None),
            Some(Err(ended)) => Err(ended
                .into_error(sending.exchange().clone(), Some(error))
                .into()),
            None => Err(error.into()),
        }
    }

    /// Without a name, the connector cannot be looked up, so a lost response stays lost.
    async fn create_unnamed(
        &self,
        operation: &Operation,
        sending: &mut Sending<'_>,
        new: &NewConnector,
    ) -> Result<Written, CreateError> {
        let before = match self.account().last_connectors() {
            Some(list) => list,
            None => self.connectors(operation).await?,
        };
        let cause = match sending.send().await {
            Ok(answer) => match WriteAnswer::read(&answer, &self.config().vocabulary) {
                Ok(WriteAnswer::Whole(connector)) => return Ok(answer.written(connector)),
                Ok(WriteAnswer::Part(Some(name))) => {
                    return Ok(self.complete_new(operation, &answer, new, &name).await);
                }
                Ok(WriteAnswer::Part(None)) => incomplete(&answer.exchange),
                Err(error) => error,
            },
            Err(error) if error.may_have_written() => error,
            Err(error) => return Err(error.into()),
        };
        let look = self
            .list_connectors(&operation.finishing(), Since::Now)
            .await;
        let new = look.map_or_else(
            |_| Vec::new(),
            |now| self.account().unaccounted(&before, &now),
        );
        Err(CreateError::Unsure { new, cause })
    }

    async fn post(
        &self,
        operation: &Operation,
        sending: &mut Sending<'_>,
        new: &NewConnector,
        name: &str,
    ) -> Result<Written, Error> {
        let answer = sending.send().await?;
        let vocabulary = &self.config().vocabulary;
        Ok(match WriteAnswer::read(&answer, vocabulary)? {
            WriteAnswer::Whole(connector) => answer.written(connector),
            WriteAnswer::Part(named) => {
                let name = named.as_deref().unwrap_or(name);
                self.complete_new(operation, &answer, new, name).await
            }
        })
    }

    /// Looks for a connector after the response to its POST was lost. The name was free before the
    /// first POST, so a connector found now was made by it. Returns the inner error if a list does
    /// not have it.
    async fn settle_created(
        &self,
        operation: &Operation,
        sending: &Sending<'_>,
        name: &str,
        error: Error,
    ) -> Result<Result<Written, Error>, Error> {
        let Settled { found, write } = self
            .settle(operation, sending.start(), error, &[name])
            .await?;
        match found {
            Some(written) => Ok(Ok(written)),
            None if self.account().is_invisible() => Err(Error::Unsettled {
                write: Box::new(write),
                look: None,
            }),
            None => Ok(Err(write)),
        }
    }

    /// Explains a POST that was certainly not carried out. An earlier POST with a lost response may
    /// be the cause.
    async fn settle_refusal(
        &self,
        operation: &Operation,
        sending: &Sending<'_>,
        name: &str,
        error: Error,
        lost: bool,
    ) -> Result<Written, CreateError> {
        if lost {
            return match self.settle_created(operation, sending, name, error).await? {
                Ok(written) => Ok(written),
                // The name was free and now is not, although no list has it.
                Err(write @ Error::Conflict(_)) => Err(CreateError::Failed(Error::Unsettled {
                    write: Box::new(write),
                    look: None,
                })),
                Err(error) => Err(error.into()),
            };
        }
        if !may_be_about_the_name(&error) {
            return Err(error.into());
        }
        let look = self
            .list_connectors(&operation.finishing(), Since::Now)
            .await;
        let is_there = look.map(|list| !matches!(list.find(name), Ok(None)));
        match error {
            Error::Conflict(refusal) => {
                let is_hidden = matches!(is_there, Ok(false));
                Err(self.already_exists(name, Some(refusal), is_hidden))
            }
            error if matches!(is_there, Ok(true)) => {
                let refusal = error.refusal().cloned().map(Box::new);
                Err(self.already_exists(name, refusal, false))
            }
            error => Err(error.into()),
        }
    }

    fn already_exists(
        &self,
        name: &str,
        refusal: Option<Box<Refusal>>,
        is_hidden: bool,
    ) -> CreateError {
        already_exists(name, refusal, self.is_ours(name), is_hidden)
    }

    /// Completes a partial response. A connector that the list does not show was still created, for
    /// example if the key is limited to tags that the connector does not have.
    async fn complete_new(
        &self,
        operation: &Operation,
        answer: &Success,
        new: &NewConnector,
        name: &str,
    ) -> Written {
        match self.look_up_written(operation, answer, &[name]).await {
            Some(written) => written,
            None => answer.written(new.as_made(name)),
        }
    }
}

/// Whether a refusal may mean that the name exists. Excludes refusals about the key or the load.
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

#[cfg(test)]
mod tests;
