//! The types of connectors, which the client does not know by itself.

use std::collections::BTreeMap;

use serde_json::Value;

use super::decode::port;

/// Words of the API.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The documented types, each with the members of its options and their forms. Connectors of
    /// other types may have any form, so their unreadable parts are omitted.
    pub types: BTreeMap<&'static str, Vec<(&'static str, OptionForm)>>,
}

/// The form of an option. A null or missing option fits any form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionForm {
    /// A string.
    Text,
    /// A port number, possibly as a string.
    Port,
    /// A boolean.
    Flag,
}

impl OptionForm {
    /// What the API should show.
    pub(super) fn expected(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Port => "a port number",
            Self::Flag => "a boolean",
        }
    }

    pub(super) fn fits(self, option: &Value) -> bool {
        match self {
            _ if option.is_null() => true,
            Self::Text => option.is_string(),
            Self::Port => port(option).is_some(),
            Self::Flag => option.is_boolean(),
        }
    }
}
