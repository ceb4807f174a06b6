//! What a connector needs to reach its cloud, as it is sent.

use std::{collections::BTreeMap, fmt};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};

/// The options of one connector, by the API's names. What is not in them is not sent.
#[derive(Clone, Default)]
pub struct Options {
    /// The type that these are the options of.
    pub kind: String,
    /// The members that the API shows.
    pub shown: Map<String, Value>,
    /// The members that it does not.
    pub secrets: BTreeMap<String, SecretString>,
    /// Parts of what it shows that no log may have all the same, such as a token in a URL.
    pub confidential: Vec<SecretString>,
}

impl Options {
    /// All members, secrets included: only ever the body of a request.
    pub(in crate::onomondo) fn to_json(&self) -> Map<String, Value> {
        let mut members = self.shown.clone();
        for (name, secret) in &self.secrets {
            members.insert(name.clone(), secret.expose_secret().into());
        }
        members
    }

    /// All that no log may have.
    pub(in crate::onomondo) fn hidden(&self) -> Vec<SecretString> {
        let hidden = self.secrets.values().chain(&self.confidential);
        hidden.cloned().collect()
    }
}

impl fmt::Debug for Options {
    /// Shows the type alone: `host` of an HTTPS connector often carries a token.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Options({})", self.kind)
    }
}
