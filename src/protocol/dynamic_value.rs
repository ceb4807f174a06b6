//! `DynamicValue`: the envelope every value travels in.

use super::{DecodeError, EncodeError, Type, Value, json, msgpack, tfplugin6::DynamicValue};

/// Reads the value of a type out of its envelope. A missing or empty one is null.
pub fn read(envelope: Option<&DynamicValue>, ty: &Type) -> Result<Value, DecodeError> {
    match envelope {
        Some(DynamicValue { msgpack, .. }) if !msgpack.is_empty() => msgpack::decode(msgpack, ty),
        Some(DynamicValue { json, .. }) if !json.is_empty() => json::decode(json, ty),
        _ => Ok(Value::Null),
    }
}

/// Puts the value of a type into an envelope: always msgpack, the one form every CLI reads.
pub fn write(value: &Value, ty: &Type) -> Result<DynamicValue, EncodeError> {
    Ok(DynamicValue {
        msgpack: msgpack::encode(value, ty)?,
        json: Vec::new(),
    })
}
