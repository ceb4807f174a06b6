//! What this process is doing with names. Other operations see it for as long as a claim is held.

use super::{Account, listing::lock};
use crate::onomondo::{Client, Operation, transport::operation::Ended};

/// The right to make a connector with this name. Dropping it gives the right back.
pub(in crate::onomondo) struct Taking<'a> {
    account: &'a Account,
    name: &'a str,
}

/// Held while the connector with this name is removed or renamed.
pub(in crate::onomondo) struct Freeing<'a> {
    account: &'a Account,
    name: &'a str,
}

/// Held while SIMs are moved away from the connector with this name.
pub struct Emptying<'a> {
    account: &'a Account,
    name: &'a str,
}

impl Client {
    /// Notes for other operations that SIMs are moved away from the connector with this name. It
    /// may be deleted after that, and a create of the same name then waits.
    #[must_use]
    pub fn emptying<'a>(&'a self, name: &'a str) -> Emptying<'a> {
        let account = self.account();
        account.change(|names| names.begin_emptying(name));
        Emptying { account, name }
    }
}

impl Account {
    /// Claims a name. Returns `None` if another create or rename in this process holds it. Without
    /// claims, the second of two creates with one name could take the first one's connector for its
    /// own, or overwrite it.
    pub(in crate::onomondo) fn take<'a>(&'a self, name: &'a str) -> Option<Taking<'a>> {
        // Dropping a claim gives the name back, so a claim must exist only if it holds the name.
        let is_free = lock(&self.state).names.begin_taking(name);
        is_free.then(|| Taking {
            account: self,
            name,
        })
    }

    /// Notes for other operations that this name is about to become free.
    pub(in crate::onomondo) fn free<'a>(&'a self, name: &'a str) -> Freeing<'a> {
        self.change(|names| names.begin_freeing(name));
        Freeing {
            account: self,
            name,
        }
    }

    /// Whether this process moves SIMs away from the connector with this name.
    pub(in crate::onomondo) fn is_emptying(&self, name: &str) -> bool {
        lock(&self.state).names.is_emptying(name)
    }

    /// Waits while this process moves SIMs away from the connector with this name. Returns whether
    /// it did.
    pub(in crate::onomondo) async fn wait_until_emptied(
        &self,
        operation: &Operation,
        name: &str,
    ) -> Result<bool, Ended> {
        let mut did_wait = false;
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if !self.is_emptying(name) {
                return Ok(did_wait);
            }
            did_wait = true;
            operation.wait_for(changed).await?;
        }
    }
}

impl Freeing<'_> {
    /// Notes that the name is free now.
    pub(in crate::onomondo) fn done(&self) {
        self.account.change(|names| names.note_freed(self.name));
    }
}

impl Drop for Taking<'_> {
    fn drop(&mut self) {
        self.account.change(|names| names.end_taking(self.name));
    }
}

impl Drop for Freeing<'_> {
    fn drop(&mut self) {
        self.account.change(|names| names.end_freeing(self.name));
    }
}

impl Drop for Emptying<'_> {
    fn drop(&mut self) {
        self.account.change(|names| names.end_emptying(self.name));
    }
}
