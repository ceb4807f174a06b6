//! The variant of an object. Each has an attribute, and a configuration sets exactly one.

use super::{ALL, VariantObject};
use crate::protocol::{Given, Value};

/// The variant that is set, if it is known.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Choice<'a> {
    /// This variant is set.
    Set(VariantObject<'a>),
    /// No variant is set.
    Missing,
    /// The variant is known only at apply, or there are several, which validation reports.
    Undecided,
}

impl<'a> Choice<'a> {
    /// The variant of a configuration, a plan or a state.
    pub(crate) fn of(object: &'a Value) -> Self {
        let mut set = ALL
            .into_iter()
            .map(|variant| (variant, variant.field().of(object)))
            .filter(|(_, given)| !given.is_null());
        match (set.next(), set.next()) {
            (None, _) => Self::Missing,
            (Some((variant, Given::Known(object))), None) => {
                Self::Set(VariantObject { variant, object })
            }
            _ => Self::Undecided,
        }
    }

    /// The variant, if it is known.
    pub(crate) fn known(self) -> Option<VariantObject<'a>> {
        match self {
            Self::Set(object) => Some(object),
            Self::Missing | Self::Undecided => None,
        }
    }

    /// Whether no variant is set.
    pub(crate) fn is_missing(self) -> bool {
        matches!(self, Self::Missing)
    }
}
