//! A connector as the API answers it.

use std::{collections::BTreeMap, fmt, time::SystemTime};

use serde_json::{Map, Value};

/// One connector of the account.
#[derive(Clone, PartialEq)]
pub struct Connector {
    /// The identity: unique in the account, and the path of every change.
    pub name: String,
    /// `type`, which may be a beta type that Onomondo does not document.
    pub kind: String,
    /// Empty where the API has null or nothing.
    pub tags: Vec<Tag>,
    /// Empty where the API has null or nothing.
    pub passthrough: Vec<Passthrough>,
    /// What the API shows of the options, as it is: secrets are left out, unknown members kept.
    pub options: Map<String, Value>,
    /// For each secret that the API knows of, whether it is set. `None` where the API has nothing,
    /// null or `{}`, as it has for types without secrets.
    pub meta: Option<BTreeMap<String, SecretMeta>>,
}

/// A tag on a connector. Lists have all of it, the answers to writes only the ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// A UUID.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// Whether the caller may write through this tag.
    pub can_write: Option<bool>,
}

/// Traffic that goes round the connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passthrough {
    /// `tcp`, `udp` or `icmp`.
    pub protocol: String,
    /// Any address where `None`; then it is not sent.
    pub ip: Option<String>,
    /// Any port where `None`; then it is not sent.
    pub port: Option<u16>,
}

/// What the API tells of a secret instead of the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretMeta {
    /// Whether a value is stored.
    pub is_set: bool,
    /// RFC 3339 with milliseconds, as the API wrote it. A secret that is not set has one too.
    pub last_updated_at: Option<String>,
}

impl SecretMeta {
    /// When the secret was last changed, where the API says so in a form that can be read.
    #[must_use]
    pub fn updated_at(&self) -> Option<SystemTime> {
        humantime::parse_rfc3339_weak(self.last_updated_at.as_ref()?).ok()
    }
}

impl fmt::Debug for Connector {
    /// Shows the names of the options without their values: the URL of an HTTPS connector often
    /// carries a token.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connector")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("tags", &self.tags)
            .field("passthrough", &self.passthrough)
            .field("options", &self.options.keys().collect::<Vec<_>>())
            .field("meta", &self.meta)
            .finish()
    }
}
