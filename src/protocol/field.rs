//! Typed access to the attributes of an object.
//!
//! A [`Field`] is an attribute's name with its type. Reading one gives a [`Given`], whose three cases
//! the compiler makes one name: what is not set cannot become a default by accident.

use std::{fmt, marker::PhantomData};

use super::{Attribute, Number, Type, Value};

/// What an object has for an attribute.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Given<T> {
    /// It is not set.
    #[default]
    Null,
    /// It is known after apply.
    Unknown,
    /// It is this.
    Known(T),
}

impl<T> Given<T> {
    /// The value where it is known. What null and unknown mean is for the caller to decide.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// Whether it is not set.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether it is known after apply.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Something else made of what is known.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Null => Given::Null,
            Self::Unknown => Given::Unknown,
            Self::Known(value) => Given::Known(make(value)),
        }
    }
}

/// What is known may be a secret, so that it is not printed.
impl<T> fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Unknown => "unknown",
            Self::Known(_) => "known",
        })
    }
}

/// What an attribute holds.
pub trait FieldType {
    /// What a known value is read as.
    type Known<'a>;

    /// Reads a known value. `None` for one of another type, which no schema lets through.
    fn read(value: &Value) -> Option<Self::Known<'_>>;
}

/// A type without parts.
pub trait Scalar: FieldType {
    /// The type in a schema.
    fn ty() -> Type;
}

/// A string.
#[derive(Debug, Clone, Copy)]
pub enum Text {}

/// A number.
#[derive(Debug, Clone, Copy)]
pub enum Numeric {}

/// A boolean.
#[derive(Debug, Clone, Copy)]
pub enum Flag {}

/// One object, or a map: a value with members.
#[derive(Debug, Clone, Copy)]
pub enum Members {}

/// A list or a set.
#[derive(Debug, Clone, Copy)]
pub enum Elements {}

impl FieldType for Text {
    type Known<'a> = &'a str;

    fn read(value: &Value) -> Option<&str> {
        value.as_str()
    }
}

impl FieldType for Numeric {
    type Known<'a> = &'a Number;

    fn read(value: &Value) -> Option<&Number> {
        value.as_number()
    }
}

impl FieldType for Flag {
    type Known<'a> = bool;

    fn read(value: &Value) -> Option<bool> {
        value.as_bool()
    }
}

impl FieldType for Members {
    type Known<'a> = &'a Value;

    fn read(value: &Value) -> Option<&Value> {
        value.as_map().map(|_| value)
    }
}

impl FieldType for Elements {
    type Known<'a> = &'a [Value];

    fn read(value: &Value) -> Option<&[Value]> {
        match value {
            Value::List(elements) | Value::Set(elements) => Some(elements),
            _ => None,
        }
    }
}

impl Scalar for Text {
    fn ty() -> Type {
        Type::String
    }
}

impl Scalar for Numeric {
    fn ty() -> Type {
        Type::Number
    }
}

impl Scalar for Flag {
    fn ty() -> Type {
        Type::Bool
    }
}

/// The name of an attribute, and its type.
pub struct Field<T> {
    name: &'static str,
    ty: PhantomData<fn() -> T>,
}

impl<T: FieldType> Field<T> {
    /// An attribute of this name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            ty: PhantomData,
        }
    }

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// What an object has for it. Of an object that is not known, nothing is.
    #[must_use]
    pub fn of(self, object: &Value) -> Given<T::Known<'_>> {
        match self.value(object) {
            Value::Null => Given::Null,
            Value::Unknown => Given::Unknown,
            known => T::read(known).map_or(Given::Null, Given::Known),
        }
    }

    /// The same as a value, to be compared or kept whole.
    #[must_use]
    pub fn value(self, object: &Value) -> &Value {
        if object.is_unknown() {
            return object;
        }
        object.get(self.name)
    }

    /// Sets it in an object. Anything that is no object stays as it is.
    pub fn set(self, object: &mut Value, value: impl Into<Value>) {
        object.insert(self.name, value.into());
    }

    /// What a known object has for it, to be changed in place.
    #[must_use]
    pub fn value_mut(self, object: &mut Value) -> Option<&mut Value> {
        object.get_mut(self.name)
    }
}

impl<T: Scalar> Field<T> {
    /// The attribute of a schema.
    #[must_use]
    pub fn attribute(self) -> Attribute {
        Attribute::plain(self.name, T::ty())
    }
}

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Field<Text> = Field::new("key");
    const PORT: Field<Numeric> = Field::new("port");

    #[test]
    fn null_unknown_and_known_are_told_apart() {
        let object = Value::object([("key", "a secret".into()), ("port", Value::Unknown)]);
        assert_eq!(KEY.of(&object), Given::Known("a secret"));
        assert_eq!(PORT.of(&object), Given::Unknown);
        assert_eq!(PORT.of(&Value::object([])), Given::Null);
    }

    #[test]
    fn an_object_that_is_not_known_tells_nothing_of_its_parts() {
        assert_eq!(KEY.of(&Value::Unknown), Given::Unknown);
        assert_eq!(KEY.of(&Value::Null), Given::Null);
    }

    #[test]
    fn debug_prints_no_value() {
        assert_eq!(format!("{:?}", Given::Known("a secret")), "known");
    }
}
