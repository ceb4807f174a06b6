//! Decodes the API's answers: tolerant of different forms, strict about losses.
//!
//! The API's reference and its examples disagree on tags, null and numbers, so each is accepted in
//! every form. An unreadable value is an error and never silently dropped. The code is handwritten:
//! a derived decoder shows values in its errors, and values may be secret.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::onomondo::{
    BodyProblem, Connector, OptionForm, Passthrough, SecretMeta, Tag, Vocabulary,
};

pub(in crate::onomondo) use super::json::read as json;

/// Decodes one connector. In errors, `place` precedes its members, unless it is empty.
pub(in crate::onomondo) fn connector(
    entry: &Value,
    place: &str,
    vocabulary: &Vocabulary,
) -> Result<Connector, BodyProblem> {
    let Value::Object(members) = entry else {
        return Err(unexpected(place, "an object", entry));
    };
    let at = |name: &str| match place {
        "" => name.to_owned(),
        place => format!("{place}.{name}"),
    };
    let member = |name: &str| (members.get(name), at(name));
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
            place: at("name"),
            expected: "a name",
            found: "empty",
        });
    }
    let (tags, tags_place) = member("tags");
    let (passthrough, passthrough_place) = member("passthrough");
    let (options, options_place) = member("options");
    let (meta, meta_place) = member("meta");
    let kind = text("type")?;
    let forms = vocabulary.types.get(kind.as_str());
    let is_documented = forms.is_some();
    let meta = object(meta, &meta_place).and_then(|meta| secrets(meta, &meta_place));
    let options = object(options, &options_place)
        .and_then(|options| readable(options, &options_place, forms.map_or(&[], Vec::as_slice)));
    Ok(Connector {
        name,
        kind,
        tags: if_documented(is_documented, list(tags, &tags_place, tag))?,
        passthrough: if_documented(
            is_documented,
            list(passthrough, &passthrough_place, passthrough_rule),
        )?,
        options: if_documented(is_documented, options)?
            .cloned()
            .unwrap_or_default(),
        meta: if_documented(is_documented, meta)?,
    })
}

/// Checks the form of the options. Without this check, an unreadable option would look unchanged.
fn readable<'a>(
    options: Option<&'a Map<String, Value>>,
    place: &str,
    forms: &[(&str, OptionForm)],
) -> Result<Option<&'a Map<String, Value>>, BodyProblem> {
    for (member, form) in forms {
        let option = options.and_then(|options| options.get(*member));
        if let Some(option) = option.filter(|option| !form.fits(option)) {
            let place = format!("{place}.{member}");
            return Err(unexpected(&place, form.expected(), option));
        }
    }
    Ok(options)
}

/// A beta type may have any form. Its unreadable parts are omitted, since one such connector must
/// not block all others.
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

/// Decodes a port number in any form that the API may use: `443`, `443.0`, `"443"`.
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
        // The range was checked above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return Some(number as u16);
    }
    None
}

/// Decodes one tag. Errors name it by `place`.
pub(in crate::onomondo) fn tag(value: &Value, place: &str) -> Result<Tag, BodyProblem> {
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
        // A secret without an entry means the same as one with a null entry.
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

/// The problem for a member with an unexpected form.
pub(in crate::onomondo) fn unexpected(
    place: &str,
    expected: &'static str,
    found: &Value,
) -> BodyProblem {
    let found = match found {
        Value::Null => "null or missing",
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
mod tests;
