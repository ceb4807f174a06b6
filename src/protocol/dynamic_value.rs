//! `DynamicValue`: the envelope every value travels in.

use super::{DecodeError, EncodeError, Type, Value, json, msgpack, tfplugin6::DynamicValue};

/// Decodes a value of the given type from its envelope. A missing or empty envelope is null.
pub fn read(envelope: Option<&DynamicValue>, ty: &Type) -> Result<Value, DecodeError> {
    match envelope {
        Some(DynamicValue { msgpack, .. }) if !msgpack.is_empty() => msgpack::decode(msgpack, ty),
        Some(DynamicValue { json, .. }) if !json.is_empty() => json::decode(json, ty),
        _ => Ok(Value::Null),
    }
}

/// Encodes a value into an envelope, always as msgpack: every CLI reads it.
pub fn write(value: &Value, ty: &Type) -> Result<DynamicValue, EncodeError> {
    Ok(DynamicValue {
        msgpack: msgpack::encode(value, ty)?,
        json: Vec::new(),
    })
}
