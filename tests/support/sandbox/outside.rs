//! Changes to the account by someone else.

use std::fmt::Write as _;

use reqwest::Method;
use serde_json::{Value, json};

use super::Sandbox;

impl Sandbox {
    /// Someone else creates or replaces a connector, with any type and options.
    pub(crate) fn put_connector(&self, name: &str, connector: Value) {
        self.control(
            Method::PUT,
            &format!("connectors/{}", segment(name)),
            Some(connector),
        );
    }

    /// Someone else changes a connector with a PATCH.
    pub(crate) fn change_connector(&self, name: &str, change: Value) {
        self.control(
            Method::PATCH,
            &format!("connectors/{}", segment(name)),
            Some(change),
        );
    }

    /// Someone else removes a connector, even if SIMs are mapped to it.
    pub(crate) fn remove_connector(&self, name: &str) {
        self.control(
            Method::DELETE,
            &format!("connectors/{}", segment(name)),
            None,
        );
    }

    /// Someone else sets a secret.
    pub(crate) fn set_secret(&self, connector: &str, secret: &str, value: &str) {
        let path = format!("connectors/{}/secrets/{secret}", segment(connector));
        self.control(Method::PATCH, &path, Some(json!({ "value": value })));
    }

    /// Someone else unsets a secret.
    pub(crate) fn unset_secret(&self, connector: &str, secret: &str) {
        let path = format!("connectors/{}/secrets/{secret}", segment(connector));
        self.control(Method::PATCH, &path, Some(json!({ "value": null })));
    }

    /// Replaces the account's tags with these `{name, id, can_write?, color?}`.
    pub(crate) fn put_tags(&self, tags: Value) {
        self.control(Method::PUT, "tags", Some(tags));
    }

    /// Maps exactly this many new SIMs to a connector. They get the next IDs. The first ID is
    /// `000000001`.
    pub(crate) fn map_sims(&self, connector: &str, count: usize) {
        let mapping = json!({ "connector": connector, "count": count });
        self.control(Method::PUT, "sims", Some(mapping));
    }

    /// Someone else creates or replaces a SIM: `{connector?, tags?, label?, activated?, online?,
    /// …}`.
    pub(crate) fn put_sim(&self, id: &str, sim: Value) {
        self.control(Method::PUT, &format!("sims/{id}"), Some(sim));
    }

    /// Someone else maps a SIM, given by ID or ICCID, to a connector or to none.
    pub(crate) fn map_sim(&self, id: &str, connector: Option<&str>) {
        let mapping = json!({ "connector": connector });
        self.control(Method::PATCH, &format!("sims/{id}"), Some(mapping));
    }

    /// Removes a SIM from the account.
    pub(crate) fn remove_sim(&self, id: &str) {
        self.control(Method::DELETE, &format!("sims/{id}"), None);
    }

    /// Maps the connector's SIMs to none.
    pub(crate) fn unmap_sims(&self, connector: &str) {
        let path = format!("sims?connector={connector}");
        self.control(Method::DELETE, &path, None);
    }
}

/// Encodes a name as one path segment.
fn segment(name: &str) -> String {
    let mut segment = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            segment.push(char::from(byte));
        } else {
            write!(segment, "%{byte:02X}").unwrap();
        }
    }
    segment
}
