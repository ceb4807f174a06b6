//! `meta`: what Onomondo tells of the secrets instead of them.

use super::attributes::{IS_SET, LAST_UPDATED_AT};
use crate::{
    connector::variants::{Secret, Variant},
    onomondo::Connector,
    protocol::{Field, Given, Members, Value},
};

/// The attribute of a state.
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

/// What the API tells of the secrets of the connector's own type; it may still have those of a type
/// the connector was before.
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

/// The entry of a secret, which is called as the attribute is.
fn entry(secret: &Secret) -> Field<Members> {
    Field::new(secret.name())
}
