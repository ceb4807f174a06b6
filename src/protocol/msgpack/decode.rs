//! Decoding. The bytes come from the CLI, but the decoder trusts none of them: any input results in
//! a value or an error. An error collects its path while it travels outward.

use std::collections::BTreeMap;

use rmp::Marker;

use super::{
    super::{DecodeError, DecodeErrorKind, Step, Type, Value, types::MAX_DEPTH},
    reader::{Reader, is_extension},
};

/// Decodes one value of a type. No bytes may follow it.
pub fn decode(bytes: &[u8], ty: &Type) -> Result<Value, DecodeError> {
    let mut reader = Reader::new(bytes);
    let value = reader.value(ty, 0)?;
    reader.finish()?;
    Ok(value)
}

impl Reader<'_> {
    fn value(&mut self, ty: &Type, depth: usize) -> Result<Value, DecodeError> {
        if depth > MAX_DEPTH {
            return Err(DecodeErrorKind::TooDeep.into());
        }
        match self.peek()? {
            Marker::Null => {
                self.null()?;
                return Ok(Value::Null);
            }
            marker if is_extension(marker) => {
                self.unknown()?;
                return Ok(Value::Unknown);
            }
            _ => {}
        }
        let depth = depth + 1;
        Ok(match ty {
            Type::Dynamic => {
                let concrete = self.dynamic_type()?;
                let value = self.value(&concrete, depth)?;
                Value::Dynamic(concrete, Box::new(value))
            }
            Type::String => Value::string(self.string()?),
            Type::Number => Value::Number(self.number()?),
            Type::Bool => Value::Bool(self.bool()?),
            Type::List(element) => Value::List(self.elements(element, depth)?),
            Type::Set(element) => Value::set(self.elements(element, depth)?),
            Type::Tuple(types) => Value::List(self.tuple(types, depth)?),
            Type::Map(element) => Value::Map(self.map(element, depth)?),
            Type::Object(attributes) => Value::Map(self.object(attributes, depth)?),
        })
    }

    fn elements(&mut self, ty: &Type, depth: usize) -> Result<Vec<Value>, DecodeError> {
        let length = self.array_length()?;
        (0..length)
            .map(|index| self.part(ty, depth, || Step::Index(index)))
            .collect()
    }

    fn tuple(&mut self, types: &[Type], depth: usize) -> Result<Vec<Value>, DecodeError> {
        let got = self.array_length()?;
        if got != types.len() {
            let expected = types.len();
            return Err(DecodeErrorKind::WrongLength { expected, got }.into());
        }
        let types = types.iter().enumerate();
        types
            .map(|(index, ty)| self.part(ty, depth, || Step::Index(index)))
            .collect()
    }

    fn map(&mut self, ty: &Type, depth: usize) -> Result<BTreeMap<String, Value>, DecodeError> {
        let mut members = BTreeMap::new();
        for _ in 0..self.map_length()? {
            let key = self.key()?;
            let value = self.part(ty, depth, || Step::Key(key.clone()))?;
            members.insert(key, value);
        }
        Ok(members)
    }

    fn object(
        &mut self,
        attributes: &BTreeMap<String, Type>,
        depth: usize,
    ) -> Result<BTreeMap<String, Value>, DecodeError> {
        let mut members = BTreeMap::new();
        for _ in 0..self.map_length()? {
            let name = self.key()?;
            let Some(ty) = attributes.get(&name) else {
                return Err(DecodeErrorKind::UnknownAttribute(name).into());
            };
            let value = self.part(ty, depth, || Step::Attribute(name.clone()))?;
            members.insert(name, value);
        }
        match attributes.keys().find(|name| !members.contains_key(*name)) {
            Some(missing) => Err(DecodeErrorKind::MissingAttribute(missing.clone()).into()),
            None => Ok(members),
        }
    }

    /// Decodes a part of a value. `step` leads to that part.
    fn part(
        &mut self,
        ty: &Type,
        depth: usize,
        step: impl FnOnce() -> Step,
    ) -> Result<Value, DecodeError> {
        self.value(ty, depth).map_err(|error| error.under(step()))
    }
}
