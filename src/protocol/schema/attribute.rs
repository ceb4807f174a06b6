//! One attribute of a schema.

use std::borrow::Cow;

use super::{
    super::{
        Type, Value,
        tfplugin6::{self, StringKind, schema::object::NestingMode},
    },
    object_type,
};

/// An attribute: its name, its type, and whether the user or the provider sets it.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the flags are the protocol's own, and combine freely"
)]
pub struct Attribute {
    name: &'static str,
    description: Cow<'static, str>,
    kind: Kind,
    required: bool,
    optional: bool,
    computed: bool,
    sensitive: bool,
    write_only: bool,
}

#[derive(Debug)]
enum Kind {
    Plain(Type),
    Nested(Nesting, Vec<Attribute>),
}

/// The kind of collection that a nested attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nesting {
    /// One object.
    Single,
    /// A list of objects.
    List,
    /// A set of objects.
    Set,
    /// A map of objects.
    Map,
}

impl Attribute {
    fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            description: Cow::Borrowed(""),
            kind,
            required: false,
            optional: false,
            computed: false,
            sensitive: false,
            write_only: false,
        }
    }

    /// An attribute of a type.
    #[must_use]
    pub fn plain(name: &'static str, ty: Type) -> Self {
        Self::new(name, Kind::Plain(ty))
    }

    /// A string.
    #[must_use]
    pub fn string(name: &'static str) -> Self {
        Self::plain(name, Type::String)
    }

    /// A number.
    #[must_use]
    pub fn number(name: &'static str) -> Self {
        Self::plain(name, Type::Number)
    }

    /// A boolean.
    #[must_use]
    pub fn bool(name: &'static str) -> Self {
        Self::plain(name, Type::Bool)
    }

    /// A nested attribute: one or more objects with attributes of their own.
    #[must_use]
    pub fn nested(name: &'static str, nesting: Nesting, attributes: Vec<Attribute>) -> Self {
        Self::new(name, Kind::Nested(nesting, attributes))
    }

    /// The user must set it.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The user may set it.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// The provider sets it if the user does not.
    #[must_use]
    pub fn computed(mut self) -> Self {
        self.computed = true;
        self
    }

    /// The CLI hides it in its output, but stores it in the state.
    #[must_use]
    pub fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The provider receives it from the configuration. No plan or state ever holds it.
    #[must_use]
    pub fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    /// The description in Markdown, which also appears in the documentation.
    #[must_use]
    pub fn describe(mut self, description: impl Into<Cow<'static, str>>) -> Self {
        self.description = description.into();
        self
    }

    /// Makes the attribute, and everything nested in it, read-only for a data source.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        if let Kind::Nested(_, attributes) = &mut self.kind {
            *attributes = attributes.drain(..).map(Self::read_only).collect();
        }
        self.required = false;
        self.optional = false;
        self.computed()
    }

    /// Whether only the provider sets it.
    pub(super) fn is_read_only(&self) -> bool {
        self.computed && !self.optional
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The type of a value of this attribute.
    #[must_use]
    pub fn ty(&self) -> Type {
        match &self.kind {
            Kind::Plain(ty) => ty.clone(),
            Kind::Nested(nesting, attributes) => {
                let object = object_type(attributes);
                match nesting {
                    Nesting::Single => object,
                    Nesting::List => Type::List(object.into()),
                    Nesting::Set => Type::Set(object.into()),
                    Nesting::Map => Type::Map(object.into()),
                }
            }
        }
    }

    /// Adds the sensitive texts in a value of this attribute.
    pub(super) fn add_sensitive<'a>(&self, value: &'a Value, texts: &mut Vec<&'a str>) {
        let Kind::Nested(nesting, attributes) = &self.kind else {
            texts.extend(value.as_str().filter(|_| self.sensitive));
            return;
        };
        let objects: Vec<&Value> = match (nesting, value) {
            (Nesting::Single, object) => vec![object],
            (_, Value::List(elements) | Value::Set(elements)) => elements.iter().collect(),
            (_, Value::Map(elements)) => elements.values().collect(),
            _ => Vec::new(),
        };
        for object in objects {
            for attribute in attributes {
                attribute.add_sensitive(object.get(attribute.name), texts);
            }
        }
    }

    /// Converts the attribute to a protocol message.
    #[must_use]
    pub fn to_proto(&self) -> tfplugin6::schema::Attribute {
        let (ty, nested_type) = match &self.kind {
            Kind::Plain(ty) => (ty.to_json(), None),
            Kind::Nested(nesting, attributes) => {
                let nested = tfplugin6::schema::Object {
                    attributes: attributes.iter().map(Attribute::to_proto).collect(),
                    nesting: match nesting {
                        Nesting::Single => NestingMode::Single,
                        Nesting::List => NestingMode::List,
                        Nesting::Set => NestingMode::Set,
                        Nesting::Map => NestingMode::Map,
                    }
                    .into(),
                    ..Default::default()
                };
                (Vec::new(), Some(nested))
            }
        };
        tfplugin6::schema::Attribute {
            name: self.name.to_owned(),
            r#type: ty,
            nested_type,
            description: self.description.clone().into_owned(),
            description_kind: StringKind::Markdown.into(),
            required: self.required,
            optional: self.optional,
            computed: self.computed,
            sensitive: self.sensitive,
            write_only: self.write_only,
            ..Default::default()
        }
    }
}
