//! Identity schemas: what tells one remote object from another.

use std::collections::BTreeMap;

use super::super::{
    Type,
    tfplugin6::{self, resource_identity_schema::IdentityAttribute},
};

/// The identity of a managed resource: strings, all of them needed for an import.
#[derive(Debug)]
pub struct IdentitySchema {
    attributes: Vec<(&'static str, &'static str)>,
    ty: Type,
}

impl IdentitySchema {
    /// An identity of attributes, each with its description.
    #[must_use]
    pub fn new(attributes: Vec<(&'static str, &'static str)>) -> Self {
        let names = attributes.iter().map(|(name, _)| (*name).to_owned());
        Self {
            ty: Type::Object(
                names
                    .map(|name| (name, Type::String))
                    .collect::<BTreeMap<_, _>>(),
            ),
            attributes,
        }
    }

    /// The type of an identity.
    #[must_use]
    pub fn ty(&self) -> &Type {
        &self.ty
    }

    /// The schema as the protocol carries it.
    ///
    /// At version 0: `UpgradeResourceIdentity` comes for every stored version but this one, and
    /// state without an identity counts as version 0.
    #[must_use]
    pub fn to_proto(&self) -> tfplugin6::ResourceIdentitySchema {
        let attributes = self
            .attributes
            .iter()
            .map(|(name, description)| IdentityAttribute {
                name: (*name).to_owned(),
                r#type: Type::String.to_json(),
                required_for_import: true,
                optional_for_import: false,
                description: (*description).to_owned(),
            });
        tfplugin6::ResourceIdentitySchema {
            version: 0,
            identity_attributes: attributes.collect(),
        }
    }
}
