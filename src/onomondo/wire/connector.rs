//! A connector in an answer of the API.

use std::{collections::BTreeMap, fmt, time::SystemTime};

use serde_json::{Map, Value};

/// One connector of the account.
#[derive(Clone, PartialEq)]
pub struct Connector {
    /// The identity: unique in the account, and part of the path of every change.
    pub name: String,
    /// `type`, which may be a beta type that Onomondo does not document.
    pub kind: String,
    /// Empty if the API returns null or omits the member.
    pub tags: Vec<Tag>,
    /// Empty if the API returns null or omits the member.
    pub passthrough: Vec<Passthrough>,
    /// The options as the API shows them: without secrets, but with unknown members.
    pub options: Map<String, Value>,
    /// Whether each known secret is set. `None` if the API returns null or `{}` or omits the
    /// member, as for types without secrets.
    pub meta: Option<BTreeMap<String, SecretMeta>>,
}

/// A tag of a connector. Lists contain all members. The answer to a write contains only the ID.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// A UUID.
    pub id: String,
    /// The name that users gave it.
    pub name: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
    /// Whether the caller has write access through this tag.
    pub can_write: Option<bool>,
}

/// Traffic that bypasses the connector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passthrough {
    /// `tcp`, `udp` or `icmp`.
    pub protocol: String,
    /// `None` means any address, and is not sent.
    pub ip: Option<String>,
    /// `None` means any port, and is not sent.
    pub port: Option<u16>,
}

/// The facts that the API shows about a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretMeta {
    /// Whether a value is stored.
    pub is_set: bool,
    /// RFC 3339 with milliseconds, as the API wrote it. A secret that is not set has a time too.
    pub last_updated_at: Option<String>,
}

impl SecretMeta {
    /// The time of the last change, if the API shows one that can be parsed.
    #[must_use]
    pub fn updated_at(&self) -> Option<SystemTime> {
        humantime::parse_rfc3339_weak(self.last_updated_at.as_ref()?).ok()
    }
}

impl fmt::Debug for Connector {
    /// Prints the names of the options without their values: the URL of an HTTPS connector often
    /// contains a token.
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
