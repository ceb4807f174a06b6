//! The types of connectors, which the client does not know by itself.

/// Words of the API.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The documented types. Connectors of other types may have any form, so their unreadable parts
    /// are omitted.
    pub types: Vec<&'static str>,
}
