//! `data "onomondo_tag"`: one tag, found by its name.

use async_trait::async_trait;

use crate::{
    messages::{
        failure,
        invalid::{not_empty, not_null, quoted},
        near_misses,
        tag::{beside_name, object},
    },
    onomondo::{Client, Operation, Tag},
    protocol::{
        Attribute, AttributePath, Call, DataSource, Diagnostic, Diagnostics, Schema, Value,
    },
};

/// The data source with its schema.
#[derive(Debug)]
pub struct TagDataSource(Schema);

impl Default for TagDataSource {
    fn default() -> Self {
        let name = Attribute::string("name").required().describe(
            "Exact name of the tag, as in the Onomondo web app. Names are case-sensitive. If no \
             tag or more than one tag has this name, the data source fails.",
        );
        let schema = Schema::new(
            "Looks up a tag by its name. Onomondo refers to tags by their ID, for example in \
             `tags` of `onomondo_connector`: `tags = [data.onomondo_tag.production.id]`. Create \
             and edit tags in the Onomondo web app.",
            [name].into_iter().chain(beside_name()).collect(),
        );
        Self(schema)
    }
}

#[async_trait]
impl DataSource<Client> for TagDataSource {
    fn type_name(&self) -> &'static str {
        "onomondo_tag"
    }

    fn schema(&self) -> &Schema {
        &self.0
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        not_null(config, &AttributePath::root(), &["name"], diagnostics);
        if let Some(name) = config.get("name").as_str() {
            not_empty(name, &["name"].into(), diagnostics);
        }
    }

    async fn read(
        &self,
        call: &Call<Client>,
        config: Value,
        _warnings: &mut Diagnostics,
    ) -> Result<Value, Diagnostics> {
        let operation = Operation::new(call.stop.clone(), None);
        let tags = call.client.tags(&operation).await;
        let name = config.get("name").as_str().unwrap_or_default();
        let tags = tags.map_err(|error| {
            failure::of_data_source(&error, &format!("look up tag {}", quoted(name)))
        })?;
        Ok(object(find(&tags, name)?))
    }
}

fn find<'a>(tags: &'a [Tag], name: &str) -> Result<&'a Tag, Diagnostic> {
    // Comparing values brings both names into the same Unicode normalization form.
    let wanted = Value::string(name);
    let is_named = |tag: &&Tag| Value::from(tag.name.as_deref()) == wanted;
    match tags.iter().filter(is_named).collect::<Vec<_>>()[..] {
        [tag] => Ok(tag),
        [] => Err(missing(tags, name)),
        ref named => Err(ambiguous(named, name)),
    }
}

fn missing(tags: &[Tag], name: &str) -> Diagnostic {
    let names = tags.iter().filter_map(|tag| tag.name.as_deref());
    let hint = near_misses::hint("tag", name, names);
    let name = quoted(name);
    Diagnostic::error(
        format!("No tag {name}"),
        format!("Onomondo has no tag named {name}. {hint}"),
    )
    .at(["name"])
}

fn ambiguous(tags: &[&Tag], name: &str) -> Diagnostic {
    let candidates = tags.iter().map(|tag| {
        let id = quoted(&tag.id.to_ascii_lowercase());
        let color = tag.color.as_deref().map(quoted);
        let color = color.map_or_else(String::new, |color| format!(", color {color}"));
        format!("  - {id}{color}")
    });
    Diagnostic::error(
        format!("More than one tag {}", quoted(name)),
        format!(
            "Onomondo has {} tags with this name:\n\n{}\n\nUse the ID of the right tag instead of \
             this data source, or rename the other tags in the Onomondo web app.",
            tags.len(),
            candidates.collect::<Vec<_>>().join("\n")
        ),
    )
    .at(["name"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(id: &str, name: Option<&str>) -> Tag {
        Tag {
            id: id.to_owned(),
            name: name.map(str::to_owned),
            color: None,
            can_write: None,
        }
    }

    fn all() -> [Tag; 4] {
        [
            tag("A", Some("Fleet")),
            tag("B", Some("Twice")),
            tag("C", Some("Twice")),
            tag("D", None),
        ]
    }

    #[test]
    fn a_name_is_matched_exactly_in_any_unicode_form() {
        assert_eq!(find(&all(), "Fleet").unwrap().id, "A");
        assert_eq!(
            find(&[tag("E", Some("Cafe\u{301}"))], "Caf\u{e9}")
                .unwrap()
                .id,
            "E"
        );
    }

    #[test]
    fn candidates_are_listed_if_none_or_several_have_the_name() {
        let missing = find(&all(), "fleet").unwrap_err();
        assert_eq!(missing.path, ["name"].into());
        assert!(
            missing
                .detail
                .contains("`Fleet`? Names are case-sensitive.")
        );
        let several = find(&all(), "Twice").unwrap_err().detail;
        assert!(several.contains("`b`") && several.contains("`c`"));
        assert!(find(&all(), "").unwrap_err().summary.starts_with("No tag"));
    }
}
