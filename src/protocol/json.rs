//! Values in JSON: stored state, and the `DynamicValue.json` of some clients.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{
    DecodeError, DecodeErrorKind, Number, Step, Type, Value, types::MAX_DEPTH, value::normalized,
};

/// How to treat an attribute that the type does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strangers {
    Refuse,
    Drop,
}

/// Decodes a value of a type from JSON text.
///
/// This is as lenient as Terraform's own reader: a missing attribute is null, and where the type
/// says so, `"true"` is a bool and `"1"` a number. An attribute that the type does not have is an
/// error.
pub fn decode(text: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    parse(text, ty, Strangers::Refuse)
}

/// Decodes a stored value, which another version of the schema may have written. Drops attributes
/// that the type does not have, at any depth.
pub fn decode_stored(text: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    parse(text, ty, Strangers::Drop)
}

fn parse(text: &[u8], ty: &Type, strangers: Strangers) -> Result<Value, DecodeError> {
    let json: Json = serde_json::from_slice(text).map_err(|_| DecodeErrorKind::NotJson)?;
    value(&json, ty, strangers, 0)
}

fn value(json: &Json, ty: &Type, strangers: Strangers, depth: usize) -> Result<Value, DecodeError> {
    if depth > MAX_DEPTH {
        return Err(DecodeErrorKind::TooDeep.into());
    }
    let wrong = |expected| Err(wrong_type(expected, json).into());
    let inner = |json, ty| value(json, ty, strangers, depth + 1);
    // Paths have no step for an element of a set.
    let element = |(index, json), ty| {
        inner(json, ty).map_err(|error: DecodeError| error.under(Step::Index(index)))
    };
    match (ty, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Type::String, Json::String(text)) => Ok(Value::string(text.as_str())),
        (Type::String, Json::Number(number)) => Ok(Value::string(number.as_str())),
        (Type::String, Json::Bool(bool)) => Ok(Value::string(bool.to_string())),
        (Type::Bool, Json::Bool(bool)) => Ok(Value::Bool(*bool)),
        (Type::Bool, Json::String(text)) => match text.as_str() {
            "true" | "1" => Ok(Value::Bool(true)),
            "false" | "0" => Ok(Value::Bool(false)),
            _ => wrong("a bool"),
        },
        (Type::Number, Json::Number(number)) => Ok(Value::Number(number_of(number.as_str())?)),
        (Type::Number, Json::String(text)) => Ok(Value::Number(number_of(text)?)),
        (Type::List(ty), Json::Array(elements)) => {
            let values = elements.iter().enumerate().map(|it| element(it, ty));
            Ok(Value::List(values.collect::<Result<_, _>>()?))
        }
        (Type::Set(ty), Json::Array(elements)) => {
            let values = elements.iter().map(|json| inner(json, ty));
            Ok(Value::set(values.collect::<Result<Vec<_>, _>>()?))
        }
        (Type::Tuple(types), Json::Array(elements)) => {
            if elements.len() != types.len() {
                let (expected, got) = (types.len(), elements.len());
                return Err(DecodeErrorKind::WrongLength { expected, got }.into());
            }
            let elements = elements.iter().enumerate().zip(types);
            let values = elements.map(|(it, ty)| element(it, ty));
            Ok(Value::List(values.collect::<Result<_, _>>()?))
        }
        (Type::Map(ty), Json::Object(members)) => {
            let values = members.iter().map(|(key, json)| {
                let value = inner(json, ty).map_err(|error| error.under(Step::Key(key.clone())))?;
                Ok((normalized(key.clone()), value))
            });
            Ok(Value::Map(values.collect::<Result<_, DecodeError>>()?))
        }
        (Type::Object(attributes), Json::Object(members)) => {
            object(members, attributes, strangers, depth + 1)
        }
        (Type::Dynamic, Json::Object(wrapper)) => {
            let (Some(concrete), Some(json)) = (wrapper.get("type"), wrapper.get("value")) else {
                return wrong("a dynamic value with `type` and `value`");
            };
            let concrete = Type::parse(concrete, 0)?;
            let value = inner(json, &concrete)?;
            Ok(Value::Dynamic(concrete, Box::new(value)))
        }
        (Type::String, _) => wrong("a string"),
        (Type::Number, _) => wrong("a number"),
        (Type::Bool, _) => wrong("a bool"),
        (Type::List(_) | Type::Set(_) | Type::Tuple(_), _) => wrong("a list"),
        (Type::Map(_) | Type::Object(_), _) => wrong("an object or a map"),
        (Type::Dynamic, _) => wrong("a dynamic value with `type` and `value`"),
    }
}

fn object(
    members: &serde_json::Map<String, Json>,
    attributes: &BTreeMap<String, Type>,
    strangers: Strangers,
    depth: usize,
) -> Result<Value, DecodeError> {
    let stranger = members.keys().find(|name| !attributes.contains_key(*name));
    if let (Some(stranger), Strangers::Refuse) = (stranger, strangers) {
        return Err(DecodeErrorKind::UnknownAttribute(stranger.clone()).into());
    }
    let values = attributes.iter().map(|(name, ty)| {
        let json = members.get(name).unwrap_or(&Json::Null);
        match value(json, ty, strangers, depth) {
            Ok(value) => Ok((name.clone(), value)),
            Err(error) => Err(error.under(Step::Attribute(name.clone()))),
        }
    });
    Ok(Value::Map(values.collect::<Result<_, _>>()?))
}

fn number_of(text: &str) -> Result<Number, DecodeErrorKind> {
    text.parse().map_err(|_| DecodeErrorKind::NotANumber)
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
