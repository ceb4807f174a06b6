//! A connector in a data source.

use std::sync::Arc;

use serde_json::Value as Json;

use super::super::{
    model::{
        attributes::{META, NAME, OPTIONS_JSON, PASSTHROUGH, TAG_DETAILS, TAGS, TYPE},
        meta, passthrough,
    },
    variants,
};
use crate::{
    messages::{failure, tag},
    onomondo::{Client, Connector, Operation, Tag},
    protocol::{Diagnostic, Value},
};

/// Looks up tags whose entries hold only an ID. Returns the account's tags, or none if no lookup is
/// needed.
pub(super) async fn tags(
    client: &Client,
    operation: &Operation,
    connectors: &[&Connector],
) -> Result<Arc<Vec<Tag>>, Diagnostic> {
    let mut tags = connectors.iter().flat_map(|connector| &connector.tags);
    if tags.all(|tag| tag.name.is_some()) {
        return Ok(Arc::default());
    }
    let tags = client.tags(operation).await;
    tags.map_err(|error| failure::of_data_source(&error, "look up the names of tags"))
}

/// Makes the object of a connector, with its tags completed from `tags`.
pub(super) fn object(connector: &Connector, tags: &[Tag]) -> Value {
    let own = variants::of_type(&connector.kind);
    let mut object = Value::object([]);
    NAME.set(&mut object, connector.name.as_str());
    TYPE.set(&mut object, connector.kind.as_str());
    for variant in variants::ALL {
        let of_type = own.filter(|own| *own == variant);
        let shown = of_type.map(|own| own.shown_by_api(&connector.options, &Value::Null));
        variant.field().set(&mut object, shown);
    }
    PASSTHROUGH.set(&mut object, passthrough::from_api(connector));
    let ids = connector.tags.iter().map(|tag| tag.id.to_ascii_lowercase());
    TAGS.set(&mut object, Value::set(ids.map(Value::from)));
    TAG_DETAILS.set(&mut object, tag_details(&connector.tags, tags));
    META.set(&mut object, meta::from_api(connector, own));
    let options = Json::Object(connector.options.clone());
    OPTIONS_JSON.set(&mut object, options.to_string());
    object
}

fn tag_details(on_connector: &[Tag], tags: &[Tag]) -> Value {
    let mut all: Vec<_> = on_connector.iter().map(|it| complete(it, tags)).collect();
    all.sort_by_key(|tag| (&tag.name, &tag.id));
    Value::List(all.into_iter().map(tag::object).collect())
}

/// Finds the entry that has the name, if the tag itself came without one.
fn complete<'a>(tag: &'a Tag, tags: &'a [Tag]) -> &'a Tag {
    if tag.name.is_some() {
        return tag;
    }
    let is_same = |other: &&Tag| other.id.eq_ignore_ascii_case(&tag.id);
    tags.iter().find(is_same).unwrap_or(tag)
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

    fn connector(kind: &str, options: &str, tags: Vec<Tag>) -> Connector {
        Connector {
            name: "fleet".to_owned(),
            kind: kind.to_owned(),
            tags,
            passthrough: Vec::new(),
            options: serde_json::from_str(options).unwrap(),
            meta: None,
        }
    }

    #[test]
    fn a_documented_type_has_its_variant_and_its_options() {
        let options =
            r#"{"server_name": "b", "port": "443", "host": "a", "new": {"b": 1.50, "a": 0}}"#;
        let object = object(&connector("tls", options, Vec::new()), &[]);
        assert_eq!(object.get("tls").get("port"), &443.into());
        assert_eq!(object.get("https"), &Value::Null);
        let text = r#"{"host":"a","new":{"a":0,"b":1.50},"port":"443","server_name":"b"}"#;
        assert_eq!(object.get("options_json"), &text.into());
    }

    #[test]
    fn a_beta_type_has_only_its_options() {
        let object = object(&connector("mqtt", r#"{"broker": "a"}"#, Vec::new()), &[]);
        assert_eq!(object.get("type"), &"mqtt".into());
        for variant in variants::ALL {
            assert!(variant.field().of(&object).is_null(), "{variant}");
        }
        assert_eq!(object.get("options_json"), &r#"{"broker":"a"}"#.into());
    }

    #[test]
    fn tags_are_sorted_by_name_and_completed_if_only_the_id_is_known() {
        let on_connector = vec![tag("C", Some("Own")), tag("B", None), tag("A", None)];
        let known = [tag("a", Some("Zoo")), tag("c", Some("Other"))];
        let object = object(&connector("tls", "{}", on_connector), &known);
        let details = object.get("tag_details").elements();
        let names: Vec<_> = details.iter().map(|tag| tag.get("name").as_str()).collect();
        assert_eq!(names, [None, Some("Own"), Some("Zoo")]);
        let ids = ["a", "b", "c"].map(Value::from);
        assert_eq!(object.get("tags"), &Value::set(ids));
    }
}
