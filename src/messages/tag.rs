//! A tag in a data source.

use uuid::Uuid;

use crate::{
    onomondo::Tag,
    protocol::{Attribute, Value},
};

/// Whether a text is the ID of a tag: a UUID with hyphens, the only form that the API accepts.
pub(crate) fn is_tag_id(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// The attributes of a tag.
pub(crate) fn attributes() -> Vec<Attribute> {
    let mut attributes = vec![
        Attribute::string("name")
            .computed()
            .describe("Name of the tag."),
    ];
    attributes.extend(beside_name());
    attributes
}

/// The attributes without the name, for a data source that finds the tag by its name.
pub(crate) fn beside_name() -> [Attribute; 3] {
    [
        Attribute::string("id")
            .computed()
            .describe("ID of the tag: a UUID in lowercase."),
        Attribute::string("color").computed().describe(
            "Color of the tag in the Onomondo web app, as `#rrggbb`, or null if it has none.",
        ),
        Attribute::bool("can_write").computed().describe(
            "Presumably whether the API key has write access through this tag. For a key that is not \
             limited to tags, this may be `false` although the key has full access.",
        ),
    ]
}

/// Makes the object of a tag. The ID is always in lower case, so that configurations can compare
/// it.
pub(crate) fn object(tag: &Tag) -> Value {
    Value::object([
        ("name", tag.name.as_deref().into()),
        ("id", tag.id.to_ascii_lowercase().into()),
        ("color", tag.color.as_deref().into()),
        ("can_write", tag.can_write.into()),
    ])
}
