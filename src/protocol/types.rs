//! Types and their JSON form.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use thiserror::Error;

use super::value::normalized;

/// The deepest nesting of a type, and so of a value. Schemas stay far below it. Only a dynamic
/// attribute can carry a type from outside the provider.
pub(super) const MAX_DEPTH: usize = 64;

/// A type of Terraform's type system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Any type. The value carries its own type.
    Dynamic,
    /// A string.
    String,
    /// A number.
    Number,
    /// A boolean.
    Bool,
    /// A list of one type.
    List(Box<Type>),
    /// A set of one type.
    Set(Box<Type>),
    /// A map from strings to one type.
    Map(Box<Type>),
    /// An object with exactly these attributes.
    Object(BTreeMap<String, Type>),
    /// A tuple.
    Tuple(Vec<Type>),
}

/// The error for JSON that does not describe a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ParseTypeError {
    /// The text is not JSON, or more text follows.
    #[error("the type is not valid JSON")]
    NotJson,
    /// The JSON does not describe a type.
    #[error("the type is not a Terraform type")]
    NotAType,
    /// The type is nested deeper than any schema.
    #[error("the type is nested too deeply")]
    TooDeep,
}

impl Type {
    /// The type as compact JSON with sorted attributes, as Go writes it.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        self.json().to_string().into_bytes()
    }

    fn json(&self) -> Json {
        match self {
            Self::Dynamic => json!("dynamic"),
            Self::String => json!("string"),
            Self::Number => json!("number"),
            Self::Bool => json!("bool"),
            Self::List(element) => json!(["list", element.json()]),
            Self::Set(element) => json!(["set", element.json()]),
            Self::Map(element) => json!(["map", element.json()]),
            Self::Object(attributes) => {
                let attributes = attributes
                    .iter()
                    .map(|(name, ty)| (name.clone(), ty.json()));
                json!(["object", attributes.collect::<serde_json::Map<_, _>>()])
            }
            Self::Tuple(elements) => {
                json!(["tuple", elements.iter().map(Self::json).collect::<Vec<_>>()])
            }
        }
    }

    /// Reads a type from JSON.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ParseTypeError> {
        let json = serde_json::from_slice(bytes).map_err(|_| ParseTypeError::NotJson)?;
        Self::parse(&json, 0)
    }

    /// Reads a type from parsed JSON, at nesting level `depth`.
    pub(super) fn parse(json: &Json, depth: usize) -> Result<Self, ParseTypeError> {
        if depth > MAX_DEPTH {
            return Err(ParseTypeError::TooDeep);
        }
        let inner = |json| Self::parse(json, depth + 1);
        match json {
            Json::String(name) => match name.as_str() {
                "dynamic" => Ok(Self::Dynamic),
                "string" => Ok(Self::String),
                "number" => Ok(Self::Number),
                "bool" => Ok(Self::Bool),
                _ => Err(ParseTypeError::NotAType),
            },
            Json::Array(parts) => match (parts.first().and_then(Json::as_str), &parts[..]) {
                (Some("list"), [_, element]) => Ok(Self::List(inner(element)?.into())),
                (Some("set"), [_, element]) => Ok(Self::Set(inner(element)?.into())),
                (Some("map"), [_, element]) => Ok(Self::Map(inner(element)?.into())),
                (Some("tuple"), [_, Json::Array(elements)]) => Ok(Self::Tuple(
                    elements.iter().map(inner).collect::<Result<_, _>>()?,
                )),
                // A third part lists optional attributes. It matters to type constraints only, not
                // to values.
                (
                    Some("object"),
                    [_, Json::Object(attributes)] | [_, Json::Object(attributes), _],
                ) => {
                    let attributes = attributes
                        .iter()
                        .map(|(name, ty)| Ok((normalized(name.clone()), inner(ty)?)));
                    Ok(Self::Object(attributes.collect::<Result<_, _>>()?))
                }
                _ => Err(ParseTypeError::NotAType),
            },
            _ => Err(ParseTypeError::NotAType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_survives_its_json() {
        for text in [
            r#""string""#,
            r#""dynamic""#,
            r#"["list","number"]"#,
            r#"["set",["map","bool"]]"#,
            r#"["tuple",["string",["list","bool"]]]"#,
            r#"["object",{"a":"string","b":["object",{}]}]"#,
        ] {
            let ty = Type::from_json(text.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(ty.to_json()).unwrap(), text);
        }
    }

    /// The names in values are normalized too, and must match the names in their types.
    #[test]
    fn names_of_attributes_are_normalized() {
        let ty = Type::from_json("[\"object\",{\"e\u{301}\":\"bool\"}]".as_bytes()).unwrap();
        assert_eq!(ty, Type::Object([("\u{e9}".into(), Type::Bool)].into()));
    }

    #[test]
    fn an_invalid_type_is_an_error() {
        for text in [
            "",
            "1",
            "null",
            r#""text""#,
            "[]",
            r#"["list"]"#,
            r#"["object",[]]"#,
        ] {
            assert!(Type::from_json(text.as_bytes()).is_err(), "{text}");
        }
        assert_eq!(
            Type::from_json(br#""string" 1"#),
            Err(ParseTypeError::NotJson)
        );
        let deep = format!("{}\"bool\"{}", r#"["list","#.repeat(70), "]".repeat(70));
        assert_eq!(
            Type::from_json(deep.as_bytes()),
            Err(ParseTypeError::TooDeep)
        );
    }
}
