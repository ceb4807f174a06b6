//! What became of a write: the one policy for all verbs.
//!
//! A write is settled by its answer where that is the API's own: carried out, or refused. Where the
//! answer is odd or lost, the list of connectors decides. It is asked with all the repeats that a
//! request may have, whatever failed before, and even after an interrupt: to leave it unknown could
//! lose a connector. The list says *there*, *gone* or, where it cannot be had or is cut off, nothing.
//!
//! Of a write and the look after it, both may have failed. The error is then
//! [`Error::Unsettled`], which tells the write's failure first, that it may have been carried out,
//! and the look's failure after that.

use crate::onomondo::{
    Client, Error, Operation, WriteWindow, Written,
    account::{connectors::Connectors, listing::Since},
    transport::{retry, success::Success},
    wire::written::Start,
};

/// How often a list is asked for a connector that was just written: lists may lag behind writes.
const LOOKS: usize = 3;

/// What the list says of a connector after a write, and how the write failed.
pub(super) struct Settled {
    /// The connector as it is there; `None` where it is gone.
    pub(super) found: Option<Written>,
    pub(super) write: Error,
}

/// Whether nobody can tell from the answer what became of the write.
pub(super) fn is_lost(error: &Error) -> bool {
    match error {
        Error::Transport { failure, .. } => failure.reached_the_api(),
        Error::Server(_) | Error::UnexpectedBody { .. } => true,
        Error::Stopped { .. } | Error::DeadlineExceeded { .. } => error.may_have_written(),
        _ => false,
    }
}

/// Whether something else than the API says that there is no such connector, such as a gateway.
pub(super) fn is_odd_not_found(error: &Error) -> bool {
    matches!(
        error,
        Error::UnexpectedStatus { refusal, .. } if refusal.exchange.status == Some(404)
    )
}

impl Client {
    /// Looks what became of a write that failed like this. The connector is looked for under each of `names`, in this order: a rename looks for the old name
    /// first, since another connector may have come by the new one.
    pub(super) async fn settle(
        &self,
        operation: &Operation,
        start: Start,
        write: Error,
        names: &[&str],
    ) -> Result<Settled, Error> {
        tracing::warn!(?names, reason = %write, "looking what became of a write");
        let operation = operation.finishing();
        let found = match self.list_connectors(&operation, Since::Now).await {
            Ok(list) => first(&list, start, names),
            Err(failure) => Err(failure.error),
        };
        match found {
            Ok(found) => Ok(Settled { found, write }),
            // It was refused; the list would only have said why.
            Err(_) if !write.may_have_written() => Err(write),
            Err(look) => Err(Error::Unsettled {
                write: Box::new(write),
                look: Some(Box::new(look)),
            }),
        }
    }

    /// What a write that was answered came to, from a list: the answer does not tell. Looks under the
    /// first of `names` that a list has; a later name counts only once the first had time to appear.
    /// `None` where no list tells it.
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
                // What the answer tells of the time is nearer to the write than any list.
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
    /// The same write, as a list tells it: the answer says too little. One list serves all who ask
    /// after writes that ended before it. `None` where it cannot be had, or does not have the connector.
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
    /// The error of a change whose connector the list no longer has: it is gone, whoever answered that.
    pub(super) fn into_error(self) -> Error {
        match (self.found, self.write) {
            (None, Error::NotFound(refusal) | Error::UnexpectedStatus { refusal, .. }) => {
                Error::NotFound(refusal)
            }
            (_, write) => write,
        }
    }
}

/// The connector under the first of these names that the list has.
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
