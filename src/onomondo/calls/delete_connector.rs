//! `DELETE /connectors/{connector_name}`, and the wait until no SIM is mapped to the connector.

use std::time::Duration;

use tokio::time::Instant;

use crate::onomondo::{
    Client, Error, MappedSims, Operation, Refusal,
    transport::{operation::Ended, request::Request, retry},
};

/// The pause before checking the SIMs again, in units of the first wait: five seconds.
const PAUSE: u32 = 10;

/// How many times to retry a delete that the API refuses because of SIMs, although none is mapped.
/// The API may lag a moment behind.
const LATE: u32 = 2;

/// Why a connector was not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteError {
    /// 403, documented as "still mapped to some SIMs". It may also mean that the key is not allowed
    /// to delete.
    #[error("Onomondo denied permission: {}", .0.refusal)]
    StillMapped(Box<StillMapped>),
    /// Any other failure.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// A connector that cannot be deleted because SIMs are still mapped to it.
#[derive(Debug)]
pub struct StillMapped {
    /// The API's last refusal.
    pub refusal: Refusal,
    /// The SIMs, if they could be listed.
    pub sims: Option<MappedSims>,
    /// Why this no longer waits for the SIMs to be unmapped.
    pub end: WaitEnd,
}

/// Why a delete no longer waits for SIMs to be unmapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitEnd {
    /// The operation has no time limit, so the delete does not wait at all.
    NoLimit,
    /// The API lists no SIM to wait for.
    NoSims,
    /// The time limit ended the wait, after this time.
    TimeLimit(Duration),
    /// An interrupt ended the wait, after this time.
    Interrupt(Duration),
}

impl Client {
    /// Deletes a connector, and succeeds if there is none. If the operation has a time limit, waits
    /// up to that limit until no SIM is mapped to the connector.
    pub async fn delete_connector(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<(), DeleteError> {
        let freeing = self.account().free(name);
        let start = Instant::now();
        let mut were_none_mapped = false;
        let mut late = retry::waits(self.first_wait(), LATE);
        let mut is_told = false;
        let mut last = operation.clone();
        'delete: loop {
            // Before the requests, whose answers may still show SIMs that leave meanwhile.
            let was_emptying = self.account().is_emptying(name);
            let refusal = match self.remove(&last, name).await {
                Ok(()) => {
                    freeing.done();
                    return Ok(());
                }
                Err(Error::Forbidden(refusal)) => *refusal,
                Err(error) => return Err(error.into()),
            };
            let still_mapped = |sims, end| {
                Err(DeleteError::StillMapped(Box::new(StillMapped {
                    refusal,
                    sims,
                    end,
                })))
            };
            loop {
                // Best effort: without the list, the message is only shorter.
                let sims = self.mapped_sims(&last, name).await.ok();
                if sims.as_ref().is_some_and(|sims| sims.first.is_empty()) {
                    // The last SIM may have been unmapped between the refusal and this check.
                    let again = !std::mem::replace(&mut were_none_mapped, true)
                        || match late.next() {
                            Some(wait) => operation.wait(wait).await.is_ok(),
                            None => false,
                        };
                    if again {
                        continue 'delete;
                    }
                    return still_mapped(None, WaitEnd::NoSims);
                }
                match self.account().wait_until_emptied(operation, name).await {
                    Ok(false) if !was_emptying => {}
                    Ok(_) => {
                        last = operation.after_wait();
                        continue 'delete;
                    }
                    Err(Ended::Stopped) => {
                        return still_mapped(sims, WaitEnd::Interrupt(start.elapsed()));
                    }
                    Err(Ended::DeadlineExceeded) => {
                        return still_mapped(sims, WaitEnd::TimeLimit(start.elapsed()));
                    }
                }
                if !operation.is_bounded() {
                    return still_mapped(sims, WaitEnd::NoLimit);
                }
                if operation.deadline_has_passed() {
                    return still_mapped(sims, WaitEnd::TimeLimit(start.elapsed()));
                }
                tell(name, sims.as_ref(), &mut is_told);
                if operation.pause(self.first_wait() * PAUSE).await.is_err() {
                    return still_mapped(sims, WaitEnd::Interrupt(start.elapsed()));
                }
                last = operation.after_wait();
                if sims.is_none() {
                    // This key does not see SIMs, so only another delete shows the result.
                    continue 'delete;
                }
            }
        }
    }

    async fn remove(&self, operation: &Operation, name: &str) -> Result<(), Error> {
        let request = Request::delete(&["connectors", name]);
        let mut sending = self.prepare(operation, &request).await?;
        let error = match sending.send().await {
            // The contents of a response are not documented. If it is not JSON, it did not come
            // from the API.
            Ok(answer) if answer.is_empty() => return Ok(()),
            Ok(answer) => match answer.json() {
                Ok(_) => return Ok(()),
                Err(error) => error,
            },
            Err(Error::NotFound(_)) => return Ok(()),
            Err(error) => error,
        };
        if !error.may_have_written() && !may_mean_gone(&error) {
            return Err(error);
        }
        let start = sending.start();
        let settled = self.settle(operation, start, error, &[name]).await?;
        match settled.found {
            None => Ok(()),
            Some(_) => Err(settled.write),
        }
    }
}

/// Logs that a delete is waiting: once as a warning, and after that only at debug level.
fn tell(name: &str, sims: Option<&MappedSims>, is_told: &mut bool) {
    let mapped = sims.and_then(|sims| sims.total);
    if std::mem::replace(is_told, true) {
        tracing::debug!(name, mapped, "SIMs are still mapped to the connector");
    } else {
        tracing::warn!(
            name,
            mapped,
            "SIMs are still mapped to the connector; waiting for them to be unmapped"
        );
    }
}

/// Whether a refusal may mean that there is no such connector. The API's answer in that case is not
/// documented. But a key that is not allowed to delete might also be unable to see the connector,
/// so 401 and 403 never mean that.
fn may_mean_gone(error: &Error) -> bool {
    match error {
        Error::Invalid(_) | Error::Conflict(_) => true,
        Error::UnexpectedStatus { refusal, .. } => {
            matches!(refusal.exchange.status, Some(400..500))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
