//! `meta`: facts that Onomondo shows about each secret in place of its value.

use super::attributes::{IS_SET, LAST_UPDATED_AT};
use crate::{
    connector::variants::{Secret, Variant},
    onomondo::Connector,
    protocol::{Field, Given, Members, Value},
};

/// The attribute in a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meta<'a>(pub(super) &'a Value);

impl Meta<'_> {
    /// Whether Onomondo had this secret when the state was read.
    pub(crate) fn is_set(self, secret: &Secret) -> bool {
        match entry(secret).of(self.0) {
            Given::Known(told) => IS_SET.of(told) == Given::Known(true),
            Given::Null | Given::Unknown => false,
        }
    }
}

/// The API's `meta` for the connector's current type. The API may still return entries of an
/// earlier type.
pub(crate) fn from_api(connector: &Connector, variant: Option<&Variant>) -> Value {
    let mut meta = Value::object([]);
    for secret in variant.map_or(&[][..], Variant::secrets) {
        let told = connector.meta.as_ref();
        if let Some(told) = told.and_then(|told| told.get(secret.api_member())) {
            let mut value = Value::object([]);
            IS_SET.set(&mut value, told.is_set);
            LAST_UPDATED_AT.set(&mut value, told.last_updated_at.clone());
            entry(secret).set(&mut meta, value);
        }
    }
    meta
}

/// The entry of a secret, which has the name of its attribute.
fn entry(secret: &Secret) -> Field<Members> {
    Field::new(secret.name())
}
