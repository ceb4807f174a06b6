//! Checks whether a name is taken, and waits if this process is about to free it.
//!
//! One apply may delete or rename the connector that has a name, and create another one with that
//! name. The CLI runs both concurrently, in any order. So if a name is taken, this waits a moment
//! for the other change to start, and then waits for it to end. Before the CLI deletes a connector,
//! it may have the provider unmap SIMs, which can take minutes. The wait for the other change
//! starts only after that, and again whenever this process frees a name: the CLI can then start
//! another change.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, timeout_at};

use super::{
    Account,
    connectors::Connectors,
    listing::{Since, lock},
    names::{Existence, Holder},
    patience::APPLY_GRACE,
};
use crate::onomondo::{Client, Error, Exchange, Operation, transport::operation::Ended};

/// How long to wait for a state with the name, in units of the first wait: one second.
const PLAN_GRACE: u32 = 2;

/// The time limit of a check that serves only a warning.
const GLANCE: Duration = Duration::from_secs(5);

/// The result of checking the name of a new connector during a plan.
#[derive(Debug)]
pub enum NameGlance {
    /// No connector is known to have this name, or a state in this process holds it.
    Free,
    /// The account has a connector with this name, and no state in this process holds it.
    Taken,
    /// The account could not be read. Holds the error, unless the user already knows it.
    Unknown(Option<Error>),
}

impl Client {
    /// Whether the account has a connector with this name that no state in this process holds, for
    /// a warning before a create. One list serves all names that a process checks. If no list
    /// arrives within seconds, there is no second attempt.
    pub async fn glance_at_name(&self, operation: &Operation, name: &str) -> NameGlance {
        let account = self.account();
        if account.is_managed(name) {
            return NameGlance::Free;
        }
        let list = match account.last_connectors() {
            Some(list) => list,
            None if account.gave_up() => return NameGlance::Unknown(None),
            None => match self
                .list_connectors(&operation.glance(GLANCE), Since::LastWrite)
                .await
            {
                Ok(list) => list,
                Err(failure) => {
                    tracing::debug!(name, reason = %failure, "could not check whether the name is \
                                                              taken");
                    let is_news = account.give_up()
                        && !matches!(
                            failure.error,
                            Error::NotConfigured { .. } | Error::Stopped { .. }
                        );
                    return NameGlance::Unknown(is_news.then_some(failure.error));
                }
            },
        };
        let is_taken = account.existence(name, &list) == Existence::Taken;
        if is_taken
            && !account
                .becomes_managed(operation, name, self.first_wait() * PLAN_GRACE)
                .await
        {
            NameGlance::Taken
        } else {
            NameGlance::Free
        }
    }

    /// Whether the account has a connector with this name, after any change in this process that
    /// frees the name has ended. `mine` is the name that the caller itself gives up, if any.
    /// `unsent` is the waiting request.
    pub(in crate::onomondo) async fn free_name(
        &self,
        operation: &Operation,
        name: &str,
        mine: Option<&str>,
        unsent: &Exchange,
    ) -> Result<Existence, Error> {
        let account = self.account();
        let existence = self.look_up_name(operation, name).await?;
        if existence != Existence::Taken {
            return Ok(existence);
        }
        let grace = self.first_wait() * APPLY_GRACE;
        match account.becomes_free(operation, name, mine, grace).await {
            Ok(true) => Ok(Existence::Free),
            Ok(false) => Ok(Existence::Taken),
            Err(ended) => Err(ended.into_error(unsent.clone(), None)),
        }
    }

    /// Checks a name in the list. An old list alone does not prove that a connector exists.
    async fn look_up_name(&self, operation: &Operation, name: &str) -> Result<Existence, Error> {
        let account = self.account();
        let older = match account.last_connectors() {
            Some(list) => list,
            None => self.list_connectors(operation, Since::LastWrite).await?,
        };
        if account.existence(name, &older) == Existence::Free {
            return Ok(Existence::Free);
        }
        let list = self.list_connectors(operation, Since::Now).await?;
        Ok(account.existence(name, &list))
    }
}

impl Account {
    /// The last list of connectors, of any age.
    pub(in crate::onomondo) fn last_connectors(&self) -> Option<Arc<Connectors>> {
        lock(&self.state).connectors.last().map(Arc::clone)
    }

    /// Whether this process freed the name so recently that the API may not know it yet.
    pub(in crate::onomondo) fn was_freed(&self, name: &str) -> bool {
        lock(&self.state).names.was_freed(name)
    }

    fn existence(&self, name: &str, list: &Connectors) -> Existence {
        lock(&self.state).names.existence(name, list)
    }

    /// Whether a state in this process holds the name. Also true while this process moves SIMs away
    /// from the connector with that name: the plan that it applies knew such a state.
    fn is_managed(&self, name: &str) -> bool {
        let names = &lock(&self.state).names;
        names.is_managed(name) || names.is_emptying(name)
    }

    fn gave_up(&self) -> bool {
        lock(&self.state).gave_up
    }

    /// Notes that a check failed. Returns whether it is the first failure since the last list.
    fn give_up(&self) -> bool {
        !std::mem::replace(&mut lock(&self.state).gave_up, true)
    }

    /// Waits a moment to see whether a state holds the name. A plan reads the connectors of the
    /// configuration and of the state in any order.
    async fn becomes_managed(&self, operation: &Operation, name: &str, grace: Duration) -> bool {
        let is_over = lock(&self.state).names.patience.is_over();
        let end = Instant::now() + if is_over { Duration::ZERO } else { grace };
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if self.is_managed(name) {
                return true;
            }
            if !matches!(
                operation.wait_for(timeout_at(end, changed)).await,
                Ok(Ok(()))
            ) {
                lock(&self.state).names.patience.note_in_vain(name);
                return false;
            }
        }
    }

    /// Whether this process frees a taken name. Waits until it has done so, or has failed.
    async fn becomes_free(
        &self,
        operation: &Operation,
        name: &str,
        mine: Option<&str>,
        grace: Duration,
    ) -> Result<bool, Ended> {
        self.change(|names| {
            names.patience.begin(grace);
            names.note_waiting(mine, Some(name));
        });
        // Whatever frees the name may have become ready together with the caller.
        let is_over = lock(&self.state).names.patience.is_over();
        let floor = if is_over { Duration::ZERO } else { grace / 3 };
        let mut not_before = Instant::now() + floor;
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            let (holder, end) = {
                let names = &lock(&self.state).names;
                (names.holder(name, mine), names.patience.end(grace))
            };
            match holder {
                Holder::Left => {
                    self.change(|names| {
                        names.patience.note_success();
                        names.note_waiting(mine, None);
                    });
                    return Ok(true);
                }
                Holder::WaitsForMe | Holder::Kept => return Ok(false),
                Holder::Leaves => {
                    tracing::debug!(name, "waiting for the name, which this apply is freeing");
                    operation.wait_for(changed).await?;
                }
                Holder::MayLeave => {
                    tracing::debug!(name, "waiting for SIMs, whose connector may free the name");
                    operation.wait_for(changed).await?;
                }
                Holder::Stays => {
                    let wait = timeout_at(end.max(not_before), changed);
                    match operation.wait_for(wait).await {
                        Ok(Ok(())) => {}
                        Err(Ended::Stopped) => return Err(Ended::Stopped),
                        Err(Ended::DeadlineExceeded) => return Ok(false),
                        Ok(Err(_)) if lock(&self.state).names.give_up(name, mine, grace) => {
                            return Ok(false);
                        }
                        // Another operation gives up first.
                        Ok(Err(_)) => not_before = Instant::now() + grace / APPLY_GRACE,
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
