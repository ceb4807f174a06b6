//! Values of Terraform's type system.

use std::{collections::BTreeMap, fmt};

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::{Number, Type};

/// A value in a request or response: known, null, or unknown until apply.
///
/// A value does not carry its type: the schema says how to encode and decode it. Only a value of a
/// dynamic attribute carries its own type.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Value {
    /// Not set.
    #[default]
    Null,
    /// Known after apply.
    Unknown,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string in Unicode normalization form C, in which Terraform compares strings.
    String(String),
    /// A list or a tuple.
    List(Vec<Value>),
    /// A set: sorted, without equal elements. [`Value::set`] makes one.
    Set(Vec<Value>),
    /// A map or an object.
    Map(BTreeMap<String, Value>),
    /// The value of a dynamic attribute, with its actual type.
    Dynamic(Type, Box<Value>),
}

/// The value of a missing attribute.
static NULL: Value = Value::Null;

impl Value {
    /// Makes a string and normalizes it.
    pub fn string(text: impl Into<String>) -> Self {
        Self::String(normalized(text.into()))
    }

    /// Makes a set. Equal elements become one. Two unknown elements may turn out different, so both
    /// stay.
    pub fn set(elements: impl IntoIterator<Item = Self>) -> Self {
        let mut elements: Vec<_> = elements.into_iter().collect();
        elements.sort();
        elements.dedup_by(|one, other| one == other && one.is_wholly_known());
        Self::Set(elements)
    }

    /// Makes an object or a map from its members.
    pub fn object<'a>(members: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        let members = members.into_iter();
        Self::Map(
            members
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// Whether the value is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the value itself is unknown. A known value may still have unknown parts.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        match self {
            Self::Unknown => true,
            Self::Dynamic(_, value) => value.is_unknown(),
            _ => false,
        }
    }

    /// Whether neither the value nor any part of it is unknown.
    #[must_use]
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => true,
            Self::List(elements) | Self::Set(elements) => {
                elements.iter().all(Self::is_wholly_known)
            }
            Self::Map(members) => members.values().all(Self::is_wholly_known),
            Self::Dynamic(_, value) => value.is_wholly_known(),
        }
    }

    /// The text of a known string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// A known boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(bool) => Some(*bool),
            _ => None,
        }
    }

    /// A known number.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A known number, if it is an integer.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number().and_then(Number::to_i64)
    }

    /// The elements of a known list, tuple or set. Any other value has none.
    #[must_use]
    pub fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) | Self::Set(elements) => elements,
            _ => &[],
        }
    }

    /// The members of a known map or object.
    #[must_use]
    pub fn as_map(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Map(members) => Some(members),
            _ => None,
        }
    }

    /// A member of a known object. Null if there is no such member, or no object.
    #[must_use]
    pub fn get(&self, name: &str) -> &Self {
        self.as_map()
            .and_then(|members| members.get(name))
            .unwrap_or(&NULL)
    }

    /// Sets a member of a known object. A value without members stays as it is.
    pub fn insert(&mut self, name: &str, value: Self) {
        if let Self::Map(members) = self {
            members.insert(name.to_owned(), value);
        }
    }

    /// A member of a known object, for changing it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        match self {
            Self::Map(members) => members.get_mut(name),
            _ => None,
        }
    }
}

/// Normalizes a text to form C. Applies to strings, keys of maps and names of attributes.
pub(super) fn normalized(text: String) -> String {
    if is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::string(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::string(text)
    }
}

impl From<bool> for Value {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Number(integer.into())
    }
}

/// `None` becomes null.
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Prints only the length of a string, since any string in a configuration may be a secret.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Unknown => f.write_str("unknown"),
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::String(text) => write!(f, "string({})", text.len()),
            Self::List(elements) => f.debug_list().entries(elements).finish(),
            Self::Set(elements) => f.debug_set().entries(elements).finish(),
            Self::Map(members) => f.debug_map().entries(members).finish(),
            Self::Dynamic(ty, value) => f.debug_tuple("dynamic").field(ty).field(value).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_prints_no_string() {
        let value = Value::object([("key", "a secret".into()), ("port", 443.into())]);
        assert_eq!(format!("{value:?}"), r#"{"key": string(8), "port": 443}"#);
    }

    #[test]
    fn strings_are_compared_in_normalization_form_c() {
        assert_eq!(Value::string("e\u{301}"), Value::string("\u{e9}"));
    }

    #[test]
    fn a_set_has_no_order_and_no_equal_elements_but_keeps_unknown_ones() {
        assert_eq!(
            Value::set(["b".into(), "a".into(), "b".into()]),
            Value::set(["a".into(), "b".into()])
        );
        assert_eq!(
            Value::set([Value::Unknown, Value::Unknown])
                .elements()
                .len(),
            2
        );
    }
}
