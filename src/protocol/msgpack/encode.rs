//! Encoding.

use std::collections::BTreeMap;

use rmp::encode as rmp;
use thiserror::Error;

use super::super::{Number, Type, Value};

/// The error for a value that does not match its type. This is a bug in the provider, never user
/// error.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a value of the provider does not match its schema: {path} is not a valid {expected}")]
pub struct EncodeError {
    /// The path, in the form of an expression.
    pub path: String,
    /// The type that the schema expects there.
    pub expected: &'static str,
}

/// Encodes a value as msgpack, by its type.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    write(&mut bytes, value, ty).map_err(|mut error| {
        error.path = format!("the value{}", error.path);
        error
    })?;
    Ok(bytes)
}

fn write(out: &mut Vec<u8>, value: &Value, ty: &Type) -> Result<(), EncodeError> {
    match (value, ty) {
        (Value::Null, _) => write_nil(out),
        // An unknown value without refinements: fixext 1, type 0, one zero byte.
        (Value::Unknown, _) => out.extend([0xd4, 0, 0]),
        (Value::Dynamic(concrete, inner), Type::Dynamic) => {
            write_array_length(out, 2);
            write_bytes(out, &concrete.to_json());
            write(out, inner, concrete)?;
        }
        (Value::String(text), Type::String) => write_string(out, text),
        (Value::Bool(bool), Type::Bool) => out.push(if *bool { 0xc3 } else { 0xc2 }),
        (Value::Number(number), Type::Number) => write_number(out, number),
        (Value::List(elements), Type::List(element))
        | (Value::Set(elements), Type::Set(element)) => {
            write_array_length(out, elements.len());
            for (index, value) in elements.iter().enumerate() {
                write(out, value, element).map_err(|error| error.under(&format!("[{index}]")))?;
            }
        }
        (Value::List(elements), Type::Tuple(types)) if elements.len() == types.len() => {
            write_array_length(out, elements.len());
            for (index, (value, ty)) in elements.iter().zip(types).enumerate() {
                write(out, value, ty).map_err(|error| error.under(&format!("[{index}]")))?;
            }
        }
        (Value::Map(members), Type::Map(element)) => {
            write_map_length(out, members.len());
            for (key, value) in members {
                write_string(out, key);
                write(out, value, element).map_err(|error| error.under(&format!("[{key:?}]")))?;
            }
        }
        (Value::Map(members), Type::Object(attributes)) => write_object(out, members, attributes)?,
        (_, ty) => {
            return Err(EncodeError {
                path: String::new(),
                expected: name(ty),
            });
        }
    }
    Ok(())
}

/// An object carries exactly the attributes of its type. A member that was never set is null. A
/// member that the type does not have is an error.
fn write_object(
    out: &mut Vec<u8>,
    members: &BTreeMap<String, Value>,
    attributes: &BTreeMap<String, Type>,
) -> Result<(), EncodeError> {
    if let Some(stranger) = members.keys().find(|name| !attributes.contains_key(*name)) {
        return Err(EncodeError {
            path: format!(".{stranger}"),
            expected: "attribute of the schema",
        });
    }
    write_map_length(out, attributes.len());
    for (name, ty) in attributes {
        write_string(out, name);
        let value = members.get(name).unwrap_or(&Value::Null);
        write(out, value, ty).map_err(|error| error.under(&format!(".{name}")))?;
    }
    Ok(())
}

impl EncodeError {
    fn under(mut self, step: &str) -> Self {
        self.path.insert_str(0, step);
        self
    }
}

fn name(ty: &Type) -> &'static str {
    match ty {
        Type::Dynamic => "dynamic value",
        Type::String => "string",
        Type::Number => "number",
        Type::Bool => "bool",
        Type::List(_) => "list",
        Type::Set(_) => "set",
        Type::Map(_) => "map",
        Type::Object(_) => "object",
        Type::Tuple(_) => "tuple",
    }
}

fn write_number(out: &mut Vec<u8>, number: &Number) {
    if let Some(integer) = number.to_i64() {
        infallible(rmp::write_sint(out, integer));
    } else if let Some(float) = number
        .to_f64_exact()
        .filter(|float| float.fract() != 0.0 || float.is_infinite())
    {
        infallible(rmp::write_f64(out, float));
    } else {
        write_string(out, &number.to_string());
    }
}

fn write_nil(out: &mut Vec<u8>) {
    infallible(rmp::write_nil(out));
}

fn write_string(out: &mut Vec<u8>, text: &str) {
    infallible(rmp::write_str(out, text));
}

fn write_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    infallible(rmp::write_bin(out, bytes));
}

fn write_array_length(out: &mut Vec<u8>, length: usize) {
    infallible(rmp::write_array_len(out, wire_length(length)));
}

fn write_map_length(out: &mut Vec<u8>, length: usize) {
    infallible(rmp::write_map_len(out, wire_length(length)));
}

/// A collection with more than `u32::MAX` elements would be far beyond the message limit.
fn wire_length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Writing into a vector cannot fail, but the library's functions accept any writer.
fn infallible<T, E>(_written: Result<T, E>) {}
