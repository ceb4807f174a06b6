//! Schemas: what a configuration may contain.

mod attribute;
mod identity;

use std::collections::BTreeMap;

pub use attribute::{Attribute, Nesting};
pub use identity::IdentitySchema;

use super::{
    Type, Value,
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
    /// Makes a schema at version 0. The Markdown description also appears in the documentation.
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

    /// The sensitive texts in a value.
    #[must_use]
    pub fn sensitive<'a>(&self, value: &'a Value) -> Vec<&'a str> {
        let mut texts = Vec::new();
        for attribute in &self.attributes {
            attribute.add_sensitive(value.get(attribute.name()), &mut texts);
        }
        texts
    }

    /// Converts the schema to a protocol message.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sensitive_texts_are_found_at_every_depth() {
        let inner = || {
            vec![
                Attribute::string("key").optional().sensitive(),
                Attribute::string("host"),
            ]
        };
        let schema = Schema::new(
            "",
            vec![
                Attribute::string("api_key").sensitive(),
                Attribute::string("name"),
                Attribute::nested("one", Nesting::Single, inner()),
                Attribute::nested("unset", Nesting::Single, inner()),
                Attribute::nested("several", Nesting::List, inner()),
                Attribute::nested("named", Nesting::Map, inner()),
            ],
        );
        let object = |key: Value| Value::object([("key", key), ("host", "open".into())]);
        let value = Value::object([
            ("api_key", "a".into()),
            ("name", "open".into()),
            ("one", object("b".into())),
            (
                "several",
                Value::List(vec![object(Value::Unknown), object("c".into())]),
            ),
            ("named", Value::object([("key", object("d".into()))])),
        ]);
        assert_eq!(schema.sensitive(&value), ["a", "b", "c", "d"]);
        assert_eq!(schema.sensitive(&Value::Null), [""; 0]);
    }
}
