//! Reading. The bytes come from the CLI, but nothing is taken on trust: whatever they are, the end
//! is a value or an error.

use std::collections::BTreeMap;

use rmp::Marker;

use super::{
    super::{AttributePath, DecodeError, DecodeErrorKind, Type, Value, types::MAX_DEPTH},
    reader::{Reader, wrong_type},
};

/// Reads one value of a type; the bytes must hold nothing else.
pub fn decode(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader::new(bytes);
    let value = reader.value(ty, &AttributePath::root(), 0)?;
    reader
        .finish()
        .map_err(|kind| kind.at(&AttributePath::root()))?;
    Ok(value)
}

impl Reader<'_> {
    fn value(
        &mut self,
        ty: &Type,
        path: &AttributePath,
        depth: usize,
    ) -> Result<Value, DecodeError> {
        if depth > MAX_DEPTH {
            return Err(DecodeErrorKind::TooDeep.at(path));
        }
        let marker = self.marker().map_err(|kind| kind.at(path))?;
        if marker == Marker::Null {
            return Ok(Value::Null);
        }
        if let Some(length) = self.extension(marker).map_err(|kind| kind.at(path))? {
            return self
                .unknown(length)
                .map(|()| Value::Unknown)
                .map_err(|kind| kind.at(path));
        }
        match ty {
            Type::Dynamic => self.dynamic(marker, path, depth),
            Type::String => self
                .string(marker)
                .map(Value::string)
                .map_err(|kind| kind.at(path)),
            Type::Number => self
                .number(marker)
                .map(Value::Number)
                .map_err(|kind| kind.at(path)),
            Type::Bool => match marker {
                Marker::True => Ok(Value::Bool(true)),
                Marker::False => Ok(Value::Bool(false)),
                other => Err(wrong_type("a bool", other).at(path)),
            },
            Type::List(element) => Ok(Value::List(self.elements(marker, element, path, depth)?)),
            Type::Set(element) => Ok(Value::set(self.elements(marker, element, path, depth)?)),
            Type::Tuple(types) => self.tuple(marker, types, path, depth),
            Type::Map(element) => self.map(marker, element, path, depth),
            Type::Object(attributes) => self.object(marker, attributes, path, depth),
        }
    }

    fn dynamic(
        &mut self,
        marker: Marker,
        path: &AttributePath,
        depth: usize,
    ) -> Result<Value, DecodeError> {
        let concrete = self.dynamic_type(marker).map_err(|kind| kind.at(path))?;
        let value = self.value(&concrete, path, depth + 1)?;
        Ok(Value::Dynamic(concrete, Box::new(value)))
    }

    fn elements(
        &mut self,
        marker: Marker,
        ty: &Type,
        path: &AttributePath,
        depth: usize,
    ) -> Result<Vec<Value>, DecodeError> {
        let length = self.array_length(marker).map_err(|kind| kind.at(path))?;
        (0..length)
            .map(|index| self.value(ty, &path.index(index), depth + 1))
            .collect()
    }

    fn tuple(
        &mut self,
        marker: Marker,
        types: &[Type],
        path: &AttributePath,
        depth: usize,
    ) -> Result<Value, DecodeError> {
        let length = self.array_length(marker).map_err(|kind| kind.at(path))?;
        if length != types.len() {
            let expected = types.len();
            return Err(DecodeErrorKind::WrongLength {
                expected,
                got: length,
            }
            .at(path));
        }
        let values = types
            .iter()
            .enumerate()
            .map(|(index, ty)| self.value(ty, &path.index(index), depth + 1));
        Ok(Value::List(values.collect::<Result<_, _>>()?))
    }

    fn map(
        &mut self,
        marker: Marker,
        ty: &Type,
        path: &AttributePath,
        depth: usize,
    ) -> Result<Value, DecodeError> {
        let length = self.map_length(marker).map_err(|kind| kind.at(path))?;
        let mut members = BTreeMap::new();
        for _ in 0..length {
            let key = self.key().map_err(|kind| kind.at(path))?;
            let value = self.value(ty, &path.key(key.as_str()), depth + 1)?;
            members.insert(key, value);
        }
        Ok(Value::Map(members))
    }

    fn object(
        &mut self,
        marker: Marker,
        attributes: &BTreeMap<String, Type>,
        path: &AttributePath,
        depth: usize,
    ) -> Result<Value, DecodeError> {
        let length = self.map_length(marker).map_err(|kind| kind.at(path))?;
        let mut members = BTreeMap::new();
        for _ in 0..length {
            let name = self.key().map_err(|kind| kind.at(path))?;
            let Some(ty) = attributes.get(&name) else {
                return Err(DecodeErrorKind::UnknownAttribute(name).at(path));
            };
            let value = self.value(ty, &path.attribute(name.as_str()), depth + 1)?;
            members.insert(name, value);
        }
        match attributes.keys().find(|name| !members.contains_key(*name)) {
            Some(missing) => Err(DecodeErrorKind::MissingAttribute(missing.clone()).at(path)),
            None => Ok(Value::Map(members)),
        }
    }
}
