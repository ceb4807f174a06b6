//! What the states of this process show about the names of connectors.

use super::listing::lock;
use crate::onomondo::Client;

impl Client {
    /// Notes that a state holds a connector with this name, so it is not someone else's.
    pub fn note_managed(&self, name: &str) {
        self.account().change(|names| names.note_managed(name));
    }

    /// Notes that this process refreshes the state of a connector with this name.
    pub fn note_refreshed(&self, name: &str) {
        self.account().change(|names| names.note_refreshed(name));
    }

    /// Notes that a connector had another name before this provider renamed it.
    pub fn note_former_name(&self, former: &str, name: &str) {
        let account = self.account();
        account.change(|names| names.note_former_name(former, name));
    }

    /// Whether a state in this process holds the name, or this process made its connector.
    #[must_use]
    pub fn is_ours(&self, name: &str) -> bool {
        lock(&self.account().state).names.is_ours(name)
    }

    /// Whether this process refreshed the state of a connector with this name.
    #[must_use]
    pub fn is_refreshed(&self, name: &str) -> bool {
        lock(&self.account().state).names.is_refreshed(name)
    }

    /// The name that a connector has now, if this provider renamed it.
    #[must_use]
    pub fn current_name(&self, name: &str) -> String {
        lock(&self.account().state).names.current(name).to_owned()
    }
}
