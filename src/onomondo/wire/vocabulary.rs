//! What the client is told of the types of connectors, of which it knows none itself.

/// Words of the API.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// The documented types. What cannot be read of a connector of another type is left out: it may have
    /// any form.
    pub types: Vec<&'static str>,
}
