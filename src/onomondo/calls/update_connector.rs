//! `PATCH /connectors/{connector_name}`.

use super::lost_write::is_odd_not_found;
use crate::onomondo::{
    Client, ConnectorPatch, Error, Operation, Written,
    account::names::Existence,
    transport::{request::Request, retry, send::Sending},
    wire::write_answer::{WriteAnswer, incomplete},
};

impl Client {
    /// Changes a connector. This PATCH is idempotent, so it can be retried after a failure.
    ///
    /// Returns the API's current values. After a rename, the caller compares the name, since the
    /// API might ignore the new name. A new name that the account already has is refused without a
    /// PATCH, unless this process is about to free it.
    pub async fn update_connector(
        &self,
        operation: &Operation,
        name: &str,
        patch: &ConnectorPatch,
    ) -> Result<Written, Error> {
        let request = Request::patch(&["connectors", name], patch.to_json(), patch.secrets());
        let mut sending = self.prepare(operation, &request).await?;
        match patch.name.as_deref() {
            Some(new_name) if new_name != name => {
                self.rename(operation, &mut sending, name, new_name).await
            }
            _ => self.change(operation, &mut sending, name).await,
        }
    }

    async fn rename(
        &self,
        operation: &Operation,
        sending: &mut Sending<'_>,
        name: &str,
        new_name: &str,
    ) -> Result<Written, Error> {
        let account = self.account();
        // This comes before the check, since others may wait for this name to become free.
        let _freeing = account.free(name);
        let taking = account.take(new_name);
        if taking.is_none() {
            return Err(name_taken(new_name));
        }
        match self
            .free_name(operation, new_name, Some(name), sending.exchange())
            .await?
        {
            Existence::Free => {}
            Existence::Taken => return Err(name_taken(new_name)),
            Existence::Unknown => return Err(self.cut_off(new_name)),
        }
        let mut conflict_waits = retry::waits(self.first_wait(), u32::MAX);
        let written = loop {
            let error = match self.patch(operation, sending, &[new_name, name]).await {
                Ok(written) => break written,
                Err(error) => error,
            };
            if error.may_have_written() {
                // The result of a rename must become known, even if the response is lost.
                let start = sending.start();
                let settled = self
                    .settle(operation, start, error, &[name, new_name])
                    .await?;
                match settled.found {
                    Some(written) if written.connector.name == new_name => break written,
                    _ => return Err(settled.into_error()),
                }
            }
            let wait = match &error {
                // The API may not know yet that this process freed the name.
                Error::Conflict(_) if account.was_freed(new_name) => conflict_waits.next(),
                _ => None,
            };
            let Some(wait) = wait else {
                return Err(self.not_found(operation, sending, name, error).await);
            };
            if let Err(ended) = operation.wait(wait).await {
                return Err(ended.into_error(sending.exchange().clone(), Some(error)));
            }
        };
        if written.connector.name != name {
            account.note_renamed(name, &written.connector.name);
        }
        Ok(written)
    }

    async fn change(
        &self,
        operation: &Operation,
        sending: &mut Sending<'_>,
        name: &str,
    ) -> Result<Written, Error> {
        match self.patch(operation, sending, &[name]).await {
            Ok(written) => Ok(written),
            // No list shows whether it was carried out, since lists do not show secrets.
            Err(error) => Err(self.not_found(operation, sending, name, error).await),
        }
    }

    /// Checks that a connector is gone after a 404 that did not come from the API.
    async fn not_found(
        &self,
        operation: &Operation,
        sending: &Sending<'_>,
        name: &str,
        error: Error,
    ) -> Error {
        if !is_odd_not_found(&error) {
            return error;
        }
        match self
            .settle(operation, sending.start(), error, &[name])
            .await
        {
            Ok(settled) => settled.into_error(),
            Err(error) => error,
        }
    }

    async fn patch(
        &self,
        operation: &Operation,
        sending: &mut Sending<'_>,
        names: &[&str],
    ) -> Result<Written, Error> {
        let answer = sending.send().await?;
        let answered = match WriteAnswer::read(&answer, &self.config().vocabulary)? {
            WriteAnswer::Whole(connector) => return Ok(answer.written(connector)),
            WriteAnswer::Part(answered) => answered,
        };
        let answered = answered.as_deref().or(names.first().copied());
        let names: Vec<&str> = answered.into_iter().chain(names.iter().copied()).collect();
        let written = self.look_up_written(operation, &answer, &names).await;
        // The error says that the change was made. That matters more than the list's failure.
        written.ok_or_else(|| incomplete(&answer.exchange))
    }
}

fn name_taken(name: &str) -> Error {
    Error::NameTaken {
        name: name.to_owned(),
    }
}

#[cfg(test)]
mod tests;
