//! Finds out whether a write was carried out: one policy for creates, renames and deletes.
//!
//! A create without a name compares lists instead (`create_connector`), and mappings of SIMs are
//! looked up together (`sim::change::batch`). An update without a rename can be repeated as it is.
//!
//! If the API itself answers, its response settles the write: it was carried out or refused. If the
//! response is odd or lost, the list of connectors decides. The list request gets all its retries,
//! despite earlier failures and even after an interrupt: leaving the result unknown could lose a
//! connector. The list shows that the connector exists or is gone. If it fails or is cut off, it
//! shows nothing.
//!
//! Both the write and this check may fail. The error is then [`Error::Unsettled`]: it first
//! describes the write's failure and says that it may have been carried out, then describes the
//! failure of the check.

use crate::onomondo::{
    Client, Error, Operation, WriteWindow, Written,
    account::{connectors::Connectors, listing::Since},
    transport::{retry, success::Success},
    wire::written::Start,
};

/// How many times to look in the list for a connector that was just written: lists may lag behind
/// writes.
const LOOKS: usize = 3;

/// What the list shows about a connector after a write, and how the write failed.
pub(super) struct Settled {
    /// The connector in the list. `None` if it is gone.
    pub(super) found: Option<Written>,
    pub(super) write: Error,
}

/// Whether the write may have been carried out despite this error, so that only the list can show
/// the result.
pub(super) fn is_lost(error: &Error) -> bool {
    match error {
        Error::Transport { failure, .. } => failure.reached_the_api(),
        Error::Server(_) | Error::UnexpectedBody { .. } => true,
        Error::Stopped { .. } | Error::DeadlineExceeded { .. } => error.may_have_written(),
        _ => false,
    }
}

/// Whether a 404 came from something other than the API, such as a gateway.
pub(super) fn is_odd_not_found(error: &Error) -> bool {
    matches!(
        error,
        Error::UnexpectedStatus { refusal, .. } if refusal.exchange.status == Some(404)
    )
}

impl Client {
    /// Finds out whether a write that failed with this error was carried out. Looks for the
    /// connector under each of `names`, in this order. A rename looks for the old name first, since
    /// another connector may have taken the new one.
    pub(super) async fn settle(
        &self,
        operation: &Operation,
        start: Start,
        write: Error,
        names: &[&str],
    ) -> Result<Settled, Error> {
        tracing::warn!(?names, reason = %write, "checking whether a write was carried out");
        let operation = operation.finishing();
        let found = match self.list_connectors(&operation, Since::Now).await {
            Ok(list) => first(&list, start, names),
            Err(failure) => Err(failure.error),
        };
        match found {
            Ok(found) => Ok(Settled { found, write }),
            // The API refused the write. The list could only have shown why.
            Err(_) if !write.may_have_written() => Err(write),
            Err(look) => Err(Error::Unsettled {
                write: Box::new(write),
                look: Some(Box::new(look)),
            }),
        }
    }

    /// Finds the result of a write in a list if its response does not show it. Looks for the first
    /// of `names` that a list has. A later name counts only after the first one had time to appear.
    /// Returns `None` if no list shows it.
    pub(super) async fn look_up_written(
        &self,
        operation: &Operation,
        answer: &Success,
        names: &[&str],
    ) -> Option<Written> {
        let operation = operation.finishing();
        let mut waits = retry::waits(self.first_wait(), u32::MAX);
        let mut found = None;
        for look in 0..LOOKS {
            if look > 0 && operation.wait(waits.next()?).await.is_err() {
                break;
            }
            let list = self.list_connectors(&operation, Since::Now).await.ok()?;
            let listed = names.iter().enumerate().find_map(|(rank, name)| {
                let connector = list.find(name).ok()??;
                Some((rank, connector.clone()))
            });
            if let Some((rank, connector)) = listed {
                // The response shows a time closer to the write than any list.
                let window = match answer.date() {
                    Some(date) => WriteWindow::new(answer.start, Some(date), None),
                    None => WriteWindow::new(answer.start, list.answered_at, Some(&connector)),
                };
                found = Some(Written {
                    connector,
                    window,
                    start: answer.start,
                });
                if rank == 0 {
                    break;
                }
            }
        }
        found
    }
}

impl Client {
    /// Completes a write from a list if its response shows too little. One list serves all callers
    /// whose writes ended before it. Returns `None` if the list fails or does not have the
    /// connector.
    pub async fn look_again(&self, operation: &Operation, written: &Written) -> Option<Written> {
        let list = self.list_connectors(operation, Since::LastWrite).await;
        let list = list.ok()?;
        let connector = list.find(&written.connector.name).ok()??;
        let told = || WriteWindow::new(written.start, list.answered_at, Some(connector));
        Some(Written {
            connector: connector.clone(),
            window: written.window.or_else(told),
            start: written.start,
        })
    }
}

impl Settled {
    /// The error for a failed change, after its connector was looked up. If the connector is not
    /// listed, a 404 from a gateway counts as much as one from the API.
    pub(super) fn into_error(self) -> Error {
        match (self.found, self.write) {
            (None, Error::NotFound(refusal) | Error::UnexpectedStatus { refusal, .. }) => {
                Error::NotFound(refusal)
            }
            (_, write) => write,
        }
    }
}

/// The connector with the first of these names that the list has.
fn first(list: &Connectors, start: Start, names: &[&str]) -> Result<Option<Written>, Error> {
    for name in names {
        if let Some(connector) = list.find(name)? {
            return Ok(Some(Written {
                connector: connector.clone(),
                window: WriteWindow::new(start, list.answered_at, Some(connector)),
                start,
            }));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests;
