//! POST, PATCH and DELETE of a connector: their effect on the account.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::connector::{Connector, Place};
use super::{Account, OnRename, secret};
use crate::error::ApiError;
use crate::schema::{Change, Creation, options};

impl Account {
    /// Handles `POST /connectors` and returns the answer.
    pub(crate) fn create(&mut self, body: &Map<String, Value>) -> Result<Value, ApiError> {
        let creation = Creation::parse(body, self.quirks.require_tls_secrets)?;
        self.check_type(&creation.connector_type)?;
        self.check_tags(&creation.tags)?;
        let name = creation.name.unwrap_or_else(picked_name);
        self.free(&name)?;
        self.connectors.push(Connector {
            name,
            kind: creation.connector_type,
            passthrough: creation.passthrough,
            tags: creation.tags,
            options: Map::new(),
            secrets: [].into(),
            answered: Map::new(),
        });
        Ok(self.write(self.connectors.len() - 1, |account, index| {
            account.replace_options(index, creation.options);
        }))
    }

    /// Handles `PATCH /connectors/{connector_name}` and returns the answer.
    pub(crate) fn update(
        &mut self,
        name: &str,
        body: &Map<String, Value>,
    ) -> Result<Value, ApiError> {
        let index = self.visible_index(name)?;
        let stored_type = self.connectors[index].kind.clone();
        let change = Change::parse(body, &stored_type, self.quirks.require_tls_secrets)?;
        self.check_type(change.new_type.as_ref().unwrap_or(&stored_type))?;
        self.check_tags(change.tags.as_deref().unwrap_or_default())?;
        let new_name = change
            .name
            .filter(|new| new != name && !self.quirks.ignore_rename);
        if let Some(new_name) = &new_name {
            self.free(new_name)?;
        }
        // The connector that had the new name may have come before this one in the list.
        let index = self.visible_index(name)?;
        Ok(self.write(index, |account, index| {
            if account.quirks.restamp_secrets {
                account.connectors[index].restamp(&mut account.stamps);
            }
            if let Some(new_name) = new_name {
                account.rename(index, &new_name);
            }
            let connector = &mut account.connectors[index];
            if let Some(tags) = change.tags {
                connector.tags = tags;
            }
            if let Some(passthrough) = change.passthrough {
                connector.passthrough = passthrough;
            }
            match (change.new_type, change.options) {
                (Some(new_type), Some(options)) => account.switch_type(index, new_type, options),
                (_, Some(options)) if account.quirks.replace_options => {
                    account.connectors[index]
                        .secrets
                        .retain(|_, secret| secret.sha256.is_none());
                    account.replace_options(index, options);
                }
                (_, Some(options)) => account.merge_options(index, options),
                (_, None) => {}
            }
        }))
    }

    /// Handles `DELETE /connectors/{connector_name}`.
    pub(crate) fn delete(&mut self, name: &str) -> Result<(), ApiError> {
        let index = self.visible_index(name)?;
        let sims = self.mapped_sims(name);
        if sims > 0 {
            return Err(ApiError::ConnectorMapped {
                name: name.to_owned(),
                sims,
            });
        }
        self.connectors.remove(index);
        Ok(())
    }

    /// Makes sure that the name is free, or frees it.
    fn free(&mut self, name: &str) -> Result<(), ApiError> {
        match self.index(name) {
            Some(index) if self.quirks.overwrite => drop(self.connectors.remove(index)),
            Some(_) => return Err(ApiError::ConnectorExists(name.to_owned())),
            None => {}
        }
        Ok(())
    }

    /// Makes a change and returns the answer.
    fn write(&mut self, index: usize, change: impl FnOnce(&mut Self, usize)) -> Value {
        let before = self.stamps.last();
        change(self, index);
        let connector = &mut self.connectors[index];
        let answer = connector.answer(Place::Write, &self.tags, &self.quirks);
        if self.quirks.late_meta {
            connector.restamp_since(before, &mut self.stamps);
        }
        answer
    }

    fn rename(&mut self, index: usize, new_name: &str) {
        let old_name = std::mem::replace(&mut self.connectors[index].name, new_name.to_owned());
        match self.quirks.mappings_on_rename {
            OnRename::Follow => self.remap(&old_name, Some(new_name)),
            OnRename::Stay => {}
            OnRename::Drop => self.remap(&old_name, None),
        }
    }

    fn switch_type(&mut self, index: usize, new_type: String, options: Map<String, Value>) {
        let leftover_meta = self.quirks.leftover_meta;
        let connector = &mut self.connectors[index];
        connector.kind = new_type;
        if !leftover_meta {
            connector.secrets.clear();
        }
        self.replace_options(index, options);
    }

    fn replace_options(&mut self, index: usize, mut options: Map<String, Value>) {
        let connector = &mut self.connectors[index];
        connector.options.clear();
        options::add_defaults(&connector.kind, &mut options);
        self.merge_options(index, options);
    }

    fn merge_options(&mut self, index: usize, mut options: Map<String, Value>) {
        let mut secrets = secret::extract(&mut options);
        if self.quirks.ignore_secrets {
            secrets.clear();
        }
        let connector = &mut self.connectors[index];
        connector.options.append(&mut options);
        connector.store_secrets(secrets, &mut self.stamps);
    }

    fn check_type(&self, connector_type: &str) -> Result<(), ApiError> {
        if self.quirks.refuse_type.as_deref() == Some(connector_type) {
            return Err(ApiError::TypeNotAvailable(connector_type.to_owned()));
        }
        Ok(())
    }

    pub(super) fn check_tags(&self, ids: &[Uuid]) -> Result<(), ApiError> {
        let unknown = ids
            .iter()
            .position(|id| !self.tags.iter().any(|tag| tag.id == *id));
        match unknown {
            Some(position) => Err(ApiError::UnknownTag {
                member: format!("tags[{position}]"),
                id: ids[position].to_string(),
            }),
            None => Ok(()),
        }
    }
}

/// A name for a connector without one. Onomondo's own scheme is not known.
fn picked_name() -> String {
    let random = Uuid::new_v4().simple().to_string();
    format!("connector-{}", &random[..8])
}
