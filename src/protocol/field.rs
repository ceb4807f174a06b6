//! Typed access to the attributes of an object.
//!
//! A [`Field`] is the name of an attribute with its type. Reading one returns a [`Given`]. The
//! compiler makes the caller handle its three cases, so an attribute that is not set cannot become
//! a default by accident.

use std::{fmt, marker::PhantomData};

use super::{Attribute, Number, Type, Value};

/// The value of an attribute in an object.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Given<T> {
    /// The attribute is not set.
    #[default]
    Null,
    /// The value is known after apply.
    Unknown,
    /// The value is known.
    Known(T),
}

impl<T> Given<T> {
    /// The value if it is known. The caller decides what null and unknown mean.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Null | Self::Unknown => None,
        }
    }

    /// Whether the attribute is not set.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the value is known after apply.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Converts a known value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Given<U> {
        match self {
            Self::Null => Given::Null,
            Self::Unknown => Given::Unknown,
            Self::Known(value) => Given::Known(make(value)),
        }
    }
}

/// Does not print a known value, since it may be a secret.
impl<T> fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Unknown => "unknown",
            Self::Known(_) => "known",
        })
    }
}

/// The type of an attribute.
pub trait FieldType {
    /// The Rust type of a known value.
    type Known<'a>;

    /// Reads a known value. Returns `None` for a value of another type, which no schema allows.
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

/// One object or a map: a value with members.
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

/// The name and type of an attribute.
pub struct Field<T> {
    name: &'static str,
    ty: PhantomData<fn() -> T>,
}

impl<T: FieldType> Field<T> {
    /// Makes a field from an attribute name.
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

    /// Reads the attribute from an object. If the object is unknown, so are its attributes.
    #[must_use]
    pub fn of(self, object: &Value) -> Given<T::Known<'_>> {
        match self.value(object) {
            Value::Null => Given::Null,
            Value::Unknown => Given::Unknown,
            known => T::read(known).map_or(Given::Null, Given::Known),
        }
    }

    /// The attribute as a value, to compare it or to keep it whole.
    #[must_use]
    pub fn value(self, object: &Value) -> &Value {
        if object.is_unknown() {
            return object;
        }
        object.get(self.name)
    }

    /// Sets the attribute in an object. A value that is not an object stays as it is.
    pub fn set(self, object: &mut Value, value: impl Into<Value>) {
        object.insert(self.name, value.into());
    }

    /// The attribute in a known object, for changing it in place.
    #[must_use]
    pub fn value_mut(self, object: &mut Value) -> Option<&mut Value> {
        object.get_mut(self.name)
    }
}

impl<T: Scalar> Field<T> {
    /// The attribute for a schema.
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
    fn null_unknown_and_known_are_distinct() {
        let object = Value::object([("key", "a secret".into()), ("port", Value::Unknown)]);
        assert_eq!(KEY.of(&object), Given::Known("a secret"));
        assert_eq!(PORT.of(&object), Given::Unknown);
        assert_eq!(PORT.of(&Value::object([])), Given::Null);
    }

    #[test]
    fn the_parts_of_an_unknown_object_are_unknown() {
        assert_eq!(KEY.of(&Value::Unknown), Given::Unknown);
        assert_eq!(KEY.of(&Value::Null), Given::Null);
    }

    #[test]
    fn debug_prints_no_value() {
        assert_eq!(format!("{:?}", Given::Known("a secret")), "known");
    }
}
