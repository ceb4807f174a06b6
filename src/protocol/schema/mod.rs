//! Schemas: what a configuration may say.

mod attribute;
mod identity;

use std::collections::BTreeMap;

pub use attribute::{Attribute, Nesting};
pub use identity::IdentitySchema;

use super::{
    Type,
    tfplugin6::{self, StringKind},
};

/// The schema of a resource, a data source or the provider itself.
#[derive(Debug)]
pub struct Schema {
    version: i64,
    description: &'static str,
    attributes: Vec<Attribute>,
    ty: Type,
}

impl Schema {
    /// A schema at version 0. The description is Markdown and becomes the documentation.
    #[must_use]
    pub fn new(description: &'static str, attributes: Vec<Attribute>) -> Self {
        Self {
            version: 0,
            description,
            ty: object_type(&attributes),
            attributes,
        }
    }

    /// The type of a whole value of this schema.
    #[must_use]
    pub fn ty(&self) -> &Type {
        &self.ty
    }

    /// The names of the attributes that only the provider sets.
    pub fn read_only(&self) -> impl Iterator<Item = &'static str> {
        let read_only = self.attributes.iter().filter(|it| it.is_read_only());
        read_only.map(Attribute::name)
    }

    /// The schema as the protocol carries it.
    #[must_use]
    pub fn to_proto(&self) -> tfplugin6::Schema {
        tfplugin6::Schema {
            version: self.version,
            block: Some(tfplugin6::schema::Block {
                version: self.version,
                attributes: self.attributes.iter().map(Attribute::to_proto).collect(),
                description: self.description.to_owned(),
                description_kind: StringKind::Markdown.into(),
                ..Default::default()
            }),
        }
    }
}

fn object_type(attributes: &[Attribute]) -> Type {
    let attributes = attributes.iter();
    Type::Object(
        attributes
            .map(|attribute| (attribute.name().to_owned(), attribute.ty()))
            .collect::<BTreeMap<_, _>>(),
    )
}
