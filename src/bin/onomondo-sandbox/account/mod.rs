//! The account of an organization at Onomondo: its contents, its changes, and its answers.
//!
//! - [`mod@write`]: POST, PATCH and DELETE of a connector. [`mappings`]: SIMs and their mappings.
//! - [`connector`], [`secret`], [`sim`], [`tag`]: the stored forms and the answers.
//! - [`stamp`]: the time of each change.
//! - [`mod@text`]: text that no Rust string can hold.
//! - [`quirks`]: ways in which the live API may behave.
//! - [`list_form`], [`listed`]: the forms of a list, and a cache of its bytes.

mod connector;
mod list_form;
mod listed;
mod mappings;
mod quirks;
pub(crate) mod secret;
mod sim;
mod stamp;
pub(crate) mod tag;
mod text;
mod write;

pub(crate) use self::connector::Connector;
pub(crate) use self::list_form::{Question, RESPONSE_LIMIT};
pub(crate) use self::listed::Listed;
pub(crate) use self::quirks::{OnRename, Quirks};
pub(crate) use self::secret::{Fingerprint, Secret};
pub(crate) use self::sim::Sim;
pub(crate) use self::stamp::Stamps;
pub(crate) use self::tag::Tag;
pub(crate) use self::text::text;

use serde_json::Value;
use uuid::Uuid;

use self::connector::Place;
use crate::clock::Clock;
use crate::error::ApiError;

/// One organization at Onomondo.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    /// In the order of creation. Names are unique.
    pub(crate) connectors: Vec<Connector>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) sims: Vec<Sim>,
    pub(crate) quirks: Quirks,
    pub(crate) stamps: Stamps,
}

impl Account {
    /// Makes an account from its contents. Later changes get later stamps than the existing ones.
    pub(crate) fn new(
        connectors: Vec<Connector>,
        tags: Vec<Tag>,
        sims: Vec<Sim>,
        quirks: Quirks,
        clock: Clock,
    ) -> Self {
        let mut account = Self {
            connectors,
            tags,
            sims,
            quirks,
            stamps: Stamps::new(clock),
        };
        let secrets = account.connectors.iter().flat_map(|it| it.secrets.values());
        for secret in secrets {
            account.stamps.pass(secret.last_updated_at);
        }
        for connector in &mut account.connectors {
            connector.take_secrets(&mut account.stamps);
        }
        account
    }

    /// Answers `GET /connectors`: every connector that the key can see.
    fn list(&self) -> Vec<Value> {
        self.connectors
            .iter()
            .filter(|connector| self.is_visible(&connector.tags))
            .map(|connector| connector.answer(Place::List, &self.tags, &self.quirks))
            .collect()
    }

    /// The index of the connector with this name, even if the key cannot see it.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.connectors
            .iter()
            .position(|connector| connector.name == name)
    }

    /// Whether the key can see an object with these tags.
    fn is_visible(&self, tags: &[Uuid]) -> bool {
        let limit = self.quirks.limited_to_tags.as_ref();
        let is_within = limit.is_none_or(|limit| tags.iter().any(|tag| limit.contains(tag)));
        is_within && !(self.quirks.hide_untagged && tags.is_empty())
    }

    fn visible_index(&self, name: &str) -> Result<usize, ApiError> {
        self.index(name)
            .filter(|index| self.is_visible(&self.connectors[*index].tags))
            .ok_or_else(|| ApiError::ConnectorNotFound(name.to_owned()))
    }
}
