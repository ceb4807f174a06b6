//! `tags`. An element of a set has no attribute path, so errors point to the set and quote the tag.

use crate::{
    connector::model::attributes::TAGS,
    messages::{
        invalid::{invalid, quoted},
        tag::is_tag_id,
    },
    protocol::{AttributePath, Diagnostics, Given, Value},
};

pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    let Given::Known(tags) = TAGS.of(config) else {
        return;
    };
    let path = AttributePath::from([TAGS.name()]);
    for tag in tags {
        if tag.is_null() {
            diagnostics.push(invalid(&path, "`tags` contains null. Remove it."));
        }
        if let Some(tag) = tag.as_str().filter(|tag| !is_tag_id(tag)) {
            let shown = if tag.is_empty() {
                "an empty string".to_owned()
            } else {
                quoted(tag)
            };
            let detail = format!(
                "`tags` contains {shown}. Use the ID of the tag, a UUID such as \
                 `a5023f47-1db8-425e-b664-dc0b8921f644`, not its name. To look up the ID, use \
                 `data \"onomondo_tag\"`."
            );
            diagnostics.push(invalid(&path, detail));
        }
    }
}
