//! Reading what the API answers: tolerant of forms, strict about loss.
//!
//! The API's reference and its examples disagree on tags, null and numbers, so each is read in
//! every form. What would drop a connector in silence, an envelope or an entry without a name, is
//! an error. Decoded by hand: a derived decoder names values in its errors, and values may be secret.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{BodyProblem, Connector, Kind, Passthrough, SecretMeta, Tag};

/// Reads a body as JSON.
pub(super) fn json(body: &[u8]) -> Result<Value, BodyProblem> {
    serde_json::from_slice(body).map_err(|error| BodyProblem::NotJson {
        line: error.line(),
        column: error.column(),
    })
}

/// Reads the answer to `GET /connectors`.
pub(super) fn connectors(body: &Value) -> Result<Vec<Connector>, BodyProblem> {
    match body {
        Value::Array(entries) => entries
            .iter()
            .enumerate()
            .map(|(index, entry)| connector(entry, &format!("[{index}]")))
            .collect(),
        Value::Object(members) => Err(BodyProblem::Envelope {
            keys: members.keys().cloned().collect(),
        }),
        other => Err(unexpected("the body", "a list", other)),
    }
}

/// Reads a list of tags; `place` names it in errors. Only a list is one: null is not "no tags".
pub(super) fn tags(entries: &Value, place: &str) -> Result<Vec<Tag>, BodyProblem> {
    if entries.is_null() {
        return Err(unexpected(place, "a list", entries));
    }
    list(Some(entries), place, tag)
}

/// Reads one connector; `place` names it in errors.
pub(super) fn connector(entry: &Value, place: &str) -> Result<Connector, BodyProblem> {
    let Value::Object(members) = entry else {
        return Err(unexpected(place, "an object", entry));
    };
    let member = |name: &str| (members.get(name), format!("{place}.{name}"));
    let text = |name: &str| match member(name) {
        (Some(Value::String(text)), _) => Ok(text.clone()),
        (other, place) => Err(unexpected(
            &place,
            "a string",
            other.unwrap_or(&Value::Null),
        )),
    };
    let name = text("name")?;
    if name.is_empty() {
        return Err(BodyProblem::Unexpected {
            place: format!("{place}.name"),
            expected: "a name",
            found: "empty",
        });
    }
    let (tags, tags_place) = member("tags");
    let (passthrough, passthrough_place) = member("passthrough");
    let (options, options_place) = member("options");
    let (meta, meta_place) = member("meta");
    let kind = text("type")?;
    let is_documented = Kind::from_api(&kind).is_some();
    let meta = object(meta, &meta_place).and_then(|meta| secrets(meta, &meta_place));
    Ok(Connector {
        name,
        kind,
        tags: if_documented(is_documented, list(tags, &tags_place, tag))?,
        passthrough: if_documented(
            is_documented,
            list(passthrough, &passthrough_place, passthrough_rule),
        )?,
        options: if_documented(is_documented, object(options, &options_place))?
            .cloned()
            .unwrap_or_default(),
        meta: if_documented(is_documented, meta)?,
    })
}

/// A beta type may have any form: what cannot be read of it is left out, since one such connector
/// must not stand in the way of all others.
fn if_documented<T: Default>(
    is_documented: bool,
    read: Result<T, BodyProblem>,
) -> Result<T, BodyProblem> {
    read.or_else(|problem| {
        if is_documented {
            Err(problem)
        } else {
            Ok(T::default())
        }
    })
}

/// Reads a port number in any form that the API could write it: `443`, `443.0`, `"443"`.
#[must_use]
pub fn port(value: &Value) -> Option<u16> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    if let Ok(port) = text.parse() {
        return Some(port);
    }
    let number: f64 = text.parse().ok()?;
    if number.fract() == 0.0 && (0.0..=f64::from(u16::MAX)).contains(&number) {
        // The range was just checked.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return Some(number as u16);
    }
    None
}

fn tag(value: &Value, place: &str) -> Result<Tag, BodyProblem> {
    match value {
        Value::String(id) => Ok(Tag {
            id: id.clone(),
            name: None,
            color: None,
            can_write: None,
        }),
        Value::Object(members) => {
            let Some(Value::String(id)) = members.get("id") else {
                let found = members.get("id").unwrap_or(&Value::Null);
                return Err(unexpected(&format!("{place}.id"), "a string", found));
            };
            let text = |name: &str| members.get(name)?.as_str().map(str::to_owned);
            Ok(Tag {
                id: id.clone(),
                name: text("name"),
                color: text("color"),
                can_write: members.get("can_write").and_then(Value::as_bool),
            })
        }
        other => Err(unexpected(place, "a tag", other)),
    }
}

fn passthrough_rule(value: &Value, place: &str) -> Result<Passthrough, BodyProblem> {
    let Value::Object(members) = value else {
        return Err(unexpected(place, "an object", value));
    };
    let text = |name: &str| match members.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(unexpected(&format!("{place}.{name}"), "a string", other)),
    };
    let protocol = text("protocol")?
        .ok_or_else(|| unexpected(&format!("{place}.protocol"), "a string", &Value::Null))?;
    let port = match members.get("port") {
        None | Some(Value::Null) => None,
        Some(given) => Some(
            port(given)
                .ok_or_else(|| unexpected(&format!("{place}.port"), "a port number", given))?,
        ),
    };
    Ok(Passthrough {
        protocol,
        ip: text("ip")?,
        port,
    })
}

fn secrets(
    meta: Option<&Map<String, Value>>,
    place: &str,
) -> Result<Option<BTreeMap<String, SecretMeta>>, BodyProblem> {
    let Some(meta) = meta.filter(|meta| !meta.is_empty()) else {
        return Ok(None);
    };
    meta.iter()
        // A secret that has no entry and one whose entry is null tell the same.
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| {
            let place = format!("{place}.{name}");
            let Value::Object(members) = value else {
                return Err(unexpected(&place, "an object", value));
            };
            let is_set = members.get("is_set").unwrap_or(&Value::Null);
            let Value::Bool(is_set) = is_set else {
                return Err(unexpected(&format!("{place}.is_set"), "a boolean", is_set));
            };
            let last_updated_at = members
                .get("last_updated_at")
                .and_then(Value::as_str)
                .map(str::to_owned);
            Ok((
                name.clone(),
                SecretMeta {
                    is_set: *is_set,
                    last_updated_at,
                },
            ))
        })
        .collect::<Result<_, _>>()
        .map(Some)
}

fn list<T>(
    value: Option<&Value>,
    place: &str,
    read: impl Fn(&Value, &str) -> Result<T, BodyProblem>,
) -> Result<Vec<T>, BodyProblem> {
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(entries)) => entries
            .iter()
            .enumerate()
            .map(|(index, entry)| read(entry, &format!("{place}[{index}]")))
            .collect(),
        Some(other) => Err(unexpected(place, "a list", other)),
    }
}

fn object<'a>(
    value: Option<&'a Value>,
    place: &str,
) -> Result<Option<&'a Map<String, Value>>, BodyProblem> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members)),
        Some(other) => Err(unexpected(place, "an object", other)),
    }
}

fn unexpected(place: &str, expected: &'static str, found: &Value) -> BodyProblem {
    let found = match found {
        Value::Null => "missing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    BodyProblem::Unexpected {
        place: place.to_owned(),
        expected,
        found,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn one(entry: &Value) -> Result<Connector, String> {
        connector(entry, "[0]").map_err(|problem| problem.to_string())
    }

    #[test]
    fn the_documented_example_is_read_whole() {
        let body = json!([
            {
                "name": "my-azure-connector", "type": "microsoft_azure_iot", "passthrough": [],
                "tags": [{ "name": "Supplier", "id": "a5023f47", "can_write": false, "color": "#5ba571" }],
                "options": {},
                "meta": { "connectionString": { "is_set": true, "last_updated_at": "2024-09-26T09:25:42.898Z" } }
            },
            {
                "name": "my_tls_connector", "type": "tls", "passthrough": [], "tags": [],
                "options": { "host": "87.65.43.21", "port": 443, "server_name": "foobar.example.com" },
                "meta": { "ca": { "is_set": false, "last_updated_at": "2024-09-26T09:10:22.367Z" } }
            }
        ]);
        let connectors = connectors(&body).unwrap();
        assert_eq!(connectors.len(), 2);
        let azure = &connectors[0];
        assert_eq!(azure.name, "my-azure-connector");
        assert_eq!(azure.tags[0].id, "a5023f47");
        assert_eq!(azure.tags[0].name.as_deref(), Some("Supplier"));
        assert_eq!(azure.tags[0].can_write, Some(false));
        let meta = azure.meta.as_ref().unwrap();
        assert!(meta["connectionString"].is_set);
        assert_eq!(port(&connectors[1].options["port"]), Some(443));
        assert!(!connectors[1].meta.as_ref().unwrap()["ca"].is_set);
    }

    #[test]
    fn every_form_of_an_empty_member_reads_alike() {
        let bare = one(&json!({ "name": "abc", "type": "https" })).unwrap();
        let nulls = json!({ "name": "abc", "type": "https", "tags": null, "passthrough": null,
                            "options": null, "meta": null });
        let empties = json!({ "name": "abc", "type": "https", "tags": [], "passthrough": [],
                              "options": {}, "meta": {} });
        assert_eq!(one(&nulls).unwrap(), bare);
        assert_eq!(one(&empties).unwrap(), bare);
        assert_eq!(bare.meta, None);
    }

    #[test]
    fn tags_are_strings_or_objects_and_unknown_members_are_kept() {
        let connector = one(&json!({
            "name": "abc", "type": "beta_mqtt", "tags": ["a", { "id": "b", "color": null }],
            "options": { "new": { "deep": 1.50 } }, "more": true
        }))
        .unwrap();
        let ids: Vec<&str> = connector.tags.iter().map(|tag| tag.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
        assert_eq!(connector.kind, "beta_mqtt");
        assert_eq!(connector.options["new"], json!({ "deep": 1.50 }));
    }

    #[test]
    fn a_beta_type_of_any_form_stands_in_nobody_s_way() {
        let odd = json!({ "name": "odd", "type": "beta", "options": [1], "passthrough": [7], "tags": 1, "meta": [] });
        let found = connectors(&json!([odd])).unwrap();
        assert_eq!((found[0].name.as_str(), found[0].options.len()), ("odd", 0));
    }

    #[test]
    fn ports_are_read_in_every_form() {
        for (text, expected) in [
            ("443", Some(443)),
            ("443.0", Some(443)),
            ("4.43e2", Some(443)),
            ("\"443\"", Some(443)),
            ("0", Some(0)),
            ("65535", Some(65535)),
            ("65536", None),
            ("-1", None),
            ("443.5", None),
            ("\"https\"", None),
            ("true", None),
        ] {
            let value: Value = serde_json::from_str(text).unwrap();
            assert_eq!(port(&value), expected, "{text}");
        }
        let rule = json!({ "protocol": "udp", "ip": null, "port": "53" });
        assert_eq!(passthrough_rule(&rule, "").unwrap().port, Some(53));
    }

    #[test]
    fn what_would_lose_a_connector_is_an_error_that_says_where() {
        for (body, problem) in [
            (
                json!({ "connectors": [], "total": 0 }),
                "a list was expected, and it is an object with the members `connectors`, `total`",
            ),
            (
                json!({}),
                "a list was expected, and it is an object with no members",
            ),
            (json!("x"), "the body is a string instead of a list"),
            (json!([null]), "[0] is missing instead of an object"),
            (
                json!([{ "name": "abc", "type": "tls" }, { "type": "tls" }]),
                "[1].name is missing instead of a string",
            ),
            (
                json!([{ "name": 5, "type": "tls" }]),
                "[0].name is a number instead of a string",
            ),
            (
                json!([{ "name": "", "type": "tls" }]),
                "[0].name is empty instead of a name",
            ),
            (
                json!([{ "name": "abc" }]),
                "[0].type is missing instead of a string",
            ),
            (
                json!([{ "name": "abc", "type": "tls", "tags": [{ "name": "x" }] }]),
                "[0].tags[0].id is missing instead of a string",
            ),
            (
                json!([{ "name": "abc", "type": "tls", "passthrough": [{ "protocol": "tcp", "port": "x" }] }]),
                "[0].passthrough[0].port is a string instead of a port number",
            ),
            (
                json!([{ "name": "abc", "type": "tls", "meta": { "ca": { "is_set": "yes" } } }]),
                "[0].meta.ca.is_set is a string instead of a boolean",
            ),
        ] {
            assert_eq!(connectors(&body).unwrap_err().to_string(), problem);
        }
        assert_eq!(
            json(b"<html>").unwrap_err().to_string(),
            "it is not JSON (line 1, column 1)"
        );
    }

    #[test]
    fn option_values_are_not_printed() {
        let connector = one(&json!({
            "name": "abc", "type": "https", "options": { "host": "https://a.example/?token=hush" }
        }))
        .unwrap();
        assert!(!format!("{connector:?}").contains("hush"));
    }
}
