//! Values in JSON: stored state, and `DynamicValue.json` (plugin protocol 4.6).

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    AttributePath, DecodeError, DecodeErrorKind, Type, Value, types::MAX_DEPTH, value::normalized,
};

/// What to do with an attribute that the type lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strangers {
    Refuse,
    Drop,
}

/// Reads a value of a type from JSON text.
///
/// As lenient as Terraform's own reader: a missing attribute is null, `"true"` is a bool and `"1"`
/// a number where the type says so. An attribute that the type lacks is an error.
pub fn decode(text: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    parse(text, ty, Strangers::Refuse)
}

/// The same for a stored value, which another version of the schema may have written: what the type
/// lacks is dropped, at any depth.
pub fn decode_stored(text: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    parse(text, ty, Strangers::Drop)
}

fn parse(text: &[u8], ty: &Type, strangers: Strangers) -> Result<Value, DecodeError> {
    let root = AttributePath::root();
    let json: Json =
        serde_json::from_slice(text).map_err(|_| DecodeErrorKind::NotJson.at(&root))?;
    value(&json, ty, strangers, &root, 0)
}

fn value(
    json: &Json,
    ty: &Type,
    strangers: Strangers,
    path: &AttributePath,
    depth: usize,
) -> Result<Value, DecodeError> {
    if depth > MAX_DEPTH {
        return Err(DecodeErrorKind::TooDeep.at(path));
    }
    let wrong = |expected| wrong_type(expected, json).at(path);
    let inner = |json, ty, path: AttributePath| value(json, ty, strangers, &path, depth + 1);
    match (ty, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Type::String, Json::String(text)) => Ok(Value::string(text.as_str())),
        (Type::String, Json::Number(number)) => Ok(Value::string(number.as_str())),
        (Type::String, Json::Bool(bool)) => Ok(Value::string(bool.to_string())),
        (Type::Bool, Json::Bool(bool)) => Ok(Value::Bool(*bool)),
        (Type::Bool, Json::String(text)) => match text.as_str() {
            "true" | "1" => Ok(Value::Bool(true)),
            "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(wrong("a bool")),
        },
        (Type::Number, Json::Number(number)) => number_of(number.as_str(), path),
        (Type::Number, Json::String(text)) => number_of(text, path),
        (Type::List(element), Json::Array(elements)) => {
            let elements = elements.iter().enumerate();
            let values = elements.map(|(index, json)| inner(json, element, path.index(index)));
            Ok(Value::List(values.collect::<Result<_, _>>()?))
        }
        (Type::Set(element), Json::Array(elements)) => {
            let values = elements
                .iter()
                .map(|json| inner(json, element, path.clone()));
            Ok(Value::set(values.collect::<Result<Vec<_>, _>>()?))
        }
        (Type::Tuple(types), Json::Array(elements)) => {
            if elements.len() != types.len() {
                let (expected, got) = (types.len(), elements.len());
                return Err(DecodeErrorKind::WrongLength { expected, got }.at(path));
            }
            let elements = elements.iter().zip(types).enumerate();
            let values = elements.map(|(index, (json, ty))| inner(json, ty, path.index(index)));
            Ok(Value::List(values.collect::<Result<_, _>>()?))
        }
        (Type::Map(element), Json::Object(members)) => {
            let members = members.iter();
            let values = members.map(|(key, json)| {
                Ok((
                    normalized(key.clone()),
                    inner(json, element, path.key(key))?,
                ))
            });
            Ok(Value::Map(values.collect::<Result<_, _>>()?))
        }
        (Type::Object(attributes), Json::Object(members)) => {
            let stranger = members.keys().find(|name| !attributes.contains_key(*name));
            if let (Some(stranger), Strangers::Refuse) = (stranger, strangers) {
                return Err(DecodeErrorKind::UnknownAttribute(stranger.clone()).at(path));
            }
            let mut values = BTreeMap::new();
            for (name, ty) in attributes {
                let json = members.get(name).unwrap_or(&Json::Null);
                values.insert(name.clone(), inner(json, ty, path.attribute(name))?);
            }
            Ok(Value::Map(values))
        }
        (Type::Dynamic, Json::Object(wrapper)) => {
            let (Some(concrete), Some(json)) = (wrapper.get("type"), wrapper.get("value")) else {
                return Err(wrong("a dynamic value with `type` and `value`"));
            };
            let concrete =
                Type::parse(concrete, 0).map_err(|error| DecodeErrorKind::from(error).at(path))?;
            let value = inner(json, &concrete, path.clone())?;
            Ok(Value::Dynamic(concrete, Box::new(value)))
        }
        (Type::String, _) => Err(wrong("a string")),
        (Type::Number, _) => Err(wrong("a number")),
        (Type::Bool, _) => Err(wrong("a bool")),
        (Type::List(_) | Type::Set(_) | Type::Tuple(_), _) => Err(wrong("a list")),
        (Type::Map(_) | Type::Object(_), _) => Err(wrong("an object or a map")),
        (Type::Dynamic, _) => Err(wrong("a dynamic value with `type` and `value`")),
    }
}

fn number_of(text: &str, path: &AttributePath) -> Result<Value, DecodeError> {
    let number = text
        .parse()
        .map_err(|_| DecodeErrorKind::NotANumber.at(path))?;
    Ok(Value::Number(number))
}

fn wrong_type(expected: &'static str, got: &Json) -> DecodeErrorKind {
    let got = match got {
        Json::Null => "null",
        Json::Bool(_) => "a bool",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object or a map",
    };
    DecodeErrorKind::WrongType {
        expected,
        got: got.to_owned(),
    }
}
