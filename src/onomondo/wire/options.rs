//! The options of a connector in a request.

use std::{collections::BTreeMap, fmt};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};

/// The options of one connector, by the API's names. Other members are not sent.
#[derive(Clone, Default)]
pub struct Options {
    /// The type of the connector.
    pub kind: String,
    /// The members that the API shows.
    pub shown: Map<String, Value>,
    /// The members that the API never shows.
    pub secrets: BTreeMap<String, SecretString>,
    /// Secret parts of the shown members, such as a token in a URL. They must not appear in logs.
    pub confidential: Vec<SecretString>,
}

impl Options {
    /// All members, including secrets. Only for the body of a request.
    pub(in crate::onomondo) fn to_json(&self) -> Map<String, Value> {
        let mut members = self.shown.clone();
        for (name, secret) in &self.secrets {
            members.insert(name.clone(), secret.expose_secret().into());
        }
        members
    }

    /// All texts that must not appear in logs.
    pub(in crate::onomondo) fn hidden(&self) -> Vec<SecretString> {
        let hidden = self.secrets.values().chain(&self.confidential);
        hidden.cloned().collect()
    }
}

impl fmt::Debug for Options {
    /// Prints only the type: `host` of an HTTPS connector often contains a token.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Options({})", self.kind)
    }
}
