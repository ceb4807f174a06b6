//! Errors of bytes or JSON that do not decode to a value.

use thiserror::Error;

use super::{AttributePath, Step, types::ParseTypeError};

/// The error for bytes that do not hold a value of the expected type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}{}", location(path))]
pub struct DecodeError {
    /// The path to the faulty part.
    pub path: AttributePath,
    /// The fault.
    pub kind: DecodeErrorKind,
}

/// A fault in bytes or JSON that should hold a value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeErrorKind {
    /// The bytes end too early.
    #[error("the value is truncated")]
    CutOff,
    /// Bytes remain after the value.
    #[error("{0} extra bytes follow the value")]
    TrailingBytes(usize),
    /// A value of another type.
    #[error("expected {expected}, got {got}")]
    WrongType {
        /// The type that the schema expects.
        expected: &'static str,
        /// The type found.
        got: String,
    },
    /// A string that is not UTF-8.
    #[error("the string is not valid UTF-8")]
    NotUtf8,
    /// A string that should be a number.
    #[error("the number cannot be read")]
    NotANumber,
    /// A member that the object type does not have.
    #[error("unsupported attribute `{0}`")]
    UnknownAttribute(String),
    /// A member that is missing from the object.
    #[error("attribute `{0}` is missing")]
    MissingAttribute(String),
    /// A tuple, or the pair that holds a dynamic value, has the wrong length.
    #[error("expected {expected} elements, got {got}")]
    WrongLength {
        /// The expected length.
        expected: usize,
        /// The length found.
        got: usize,
    },
    /// A refinement that go-cty refuses too.
    #[error("the unknown value has a refinement that cannot be read")]
    BadRefinement,
    /// The type in a dynamic value is not valid.
    #[error(transparent)]
    BadType(#[from] ParseTypeError),
    /// The value is nested deeper than any schema.
    #[error("the value is nested too deeply")]
    TooDeep,
    /// The text is not JSON.
    #[error("the value is not valid JSON")]
    NotJson,
}

fn location(path: &AttributePath) -> String {
    if path.is_root() {
        String::new()
    } else {
        format!(" at `{path}`")
    }
}

impl DecodeError {
    /// Adds a step to the front of the path.
    pub(super) fn under(mut self, step: Step) -> Self {
        self.path = self.path.under(step);
        self
    }
}

/// Starts with an empty path. Each enclosing value adds its step.
impl<K: Into<DecodeErrorKind>> From<K> for DecodeError {
    fn from(kind: K) -> Self {
        Self {
            path: AttributePath::root(),
            kind: kind.into(),
        }
    }
}
