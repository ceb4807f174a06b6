//! An object of the resource's schema, parsed once for each verb.

use super::{
    attributes::{META, NAME, PASSTHROUGH, TAGS, TYPE},
    meta::Meta,
    passthrough::{self, Rule},
    tags,
};
use crate::{
    connector::variants::{Choice, Variant},
    messages::timeouts::Timeouts,
    protocol::{Given, Value},
};

/// A configuration, a plan or a state of a connector. If the object is null, so are all its
/// attributes.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    pub(crate) name: Given<&'a str>,
    /// The attribute `type`. A state may hold a type that this provider does not know.
    pub(crate) kind: Given<&'a str>,
    pub(crate) variant: Choice<'a>,
    /// Unknown if any of the tags is.
    pub(crate) tags: Given<Vec<&'a str>>,
    /// Unknown if any part of a rule is.
    pub(crate) passthrough: Given<Vec<Rule<'a>>>,
    pub(crate) meta: Given<Meta<'a>>,
    pub(crate) timeouts: Timeouts<'a>,
    /// The whole object, for attributes derived from the description of a variant.
    value: &'a Value,
}

impl<'a> Object<'a> {
    /// Parses an object.
    pub(crate) fn of(value: &'a Value) -> Self {
        Self {
            name: NAME.of(value),
            kind: TYPE.of(value),
            variant: Choice::of(value),
            tags: tags::parse(TAGS.of(value)),
            passthrough: passthrough::parse(PASSTHROUGH.of(value)),
            meta: META.of(value).map(Meta),
            timeouts: Timeouts::of(value),
            value,
        }
    }

    /// The value of this variant's attribute.
    pub(crate) fn of_variant(&self, variant: &Variant) -> &'a Value {
        variant.field().value(self.value)
    }

    /// The name of an existing connector. Only a state without a connector has none.
    pub(crate) fn state_name(&self) -> &'a str {
        self.name.known().unwrap_or_default()
    }
}
