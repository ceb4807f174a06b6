//! Identity schemas: the attributes that identify a remote object.

use std::collections::BTreeMap;

use super::super::{
    Type,
    tfplugin6::{self, resource_identity_schema::IdentityAttribute},
};

/// The identity of a managed resource. All attributes are strings, and an import needs all of them.
#[derive(Debug)]
pub struct IdentitySchema {
    attributes: Vec<(&'static str, &'static str)>,
    ty: Type,
}

impl IdentitySchema {
    /// Makes an identity from attribute names, each with its description.
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

    /// Converts the schema to a protocol message.
    ///
    /// The version is 0: the CLI calls `UpgradeResourceIdentity` for every other stored version,
    /// and state without an identity counts as version 0.
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
