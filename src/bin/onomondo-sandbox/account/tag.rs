//! A tag, and the tags that every account starts with.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

/// A tag as lists return it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) id: Uuid,
    /// Whether the caller has write access through the tag.
    #[serde(default)]
    pub(crate) can_write: bool,
    /// `#rrggbb`
    #[serde(default)]
    pub(crate) color: Option<String>,
}

/// The tags that every account starts with. Their IDs never change, so examples can name them.
pub(crate) fn seed() -> Vec<Tag> {
    let tag = |id, name: &str, can_write, color: Option<&str>| Tag {
        name: name.to_owned(),
        id,
        can_write,
        color: color.map(str::to_owned),
    };
    vec![
        tag(
            uuid!("a5023f47-1db8-425e-b664-dc0b8921f644"),
            "Supplier",
            false,
            Some("#5ba571"),
        ),
        tag(
            uuid!("4c21c1ce-0e3d-445f-8b3a-9d918a9acd89"),
            "Production",
            true,
            Some("#441212"),
        ),
        tag(
            uuid!("ecc27df1-3f2e-40f0-a6bc-3a8a3f78b726"),
            "Staging",
            true,
            Some("#5b8fa5"),
        ),
        tag(
            uuid!("38d3b4a7-c66a-4d73-8382-f145bcc09ad5"),
            "Containers",
            false,
            None,
        ),
    ]
}

/// A tag as an object. For a tag that the account does not have, it holds only the ID.
pub(super) fn answer(id: Uuid, tags: &[Tag]) -> Value {
    match tags.iter().find(|tag| tag.id == id) {
        Some(tag) => json!(tag),
        None => json!({ "name": null, "id": id, "can_write": false, "color": null }),
    }
}

/// The last paragraph of `--help`.
pub(crate) fn help() -> String {
    let mut text = "Tags of the account:".to_owned();
    for tag in seed() {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n  {}  {}", tag.id, tag.name);
    }
    text
}
