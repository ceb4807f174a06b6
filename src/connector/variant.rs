//! The variants: one attribute each, of which a configuration sets exactly one.

use crate::{onomondo::Kind, protocol::Value};

/// The variant that is set, where it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// This one.
    Set(Kind),
    /// None.
    Missing,
    /// One that is known only at apply, or more than one: validation has said so.
    Undecided,
}

impl Variant {
    /// The variant of a configuration, a plan or a state.
    pub(super) fn of(object: &Value) -> Self {
        let set = Kind::ALL
            .into_iter()
            .filter(|kind| !object.get(kind.as_str()).is_null());
        match set.collect::<Vec<_>>()[..] {
            [] => Self::Missing,
            [kind] if !object.get(kind.as_str()).is_unknown() => Self::Set(kind),
            _ => Self::Undecided,
        }
    }

    /// The type, where it is known.
    pub(super) fn kind(self) -> Option<Kind> {
        match self {
            Self::Set(kind) => Some(kind),
            Self::Missing | Self::Undecided => None,
        }
    }
}
