//! What is wrong with bytes or JSON that should be a value.

use thiserror::Error;

use super::{AttributePath, Step, types::ParseTypeError};

/// Bytes that are no value of the expected type, and where in it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind}{}", location(path))]
pub struct DecodeError {
    /// Where.
    pub path: AttributePath,
    /// What is wrong.
    pub kind: DecodeErrorKind,
}

/// What is wrong with bytes or JSON that should be a value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecodeErrorKind {
    /// They end too early.
    #[error("the value is cut off")]
    CutOff,
    /// They go on after the value.
    #[error("the value is followed by {0} more bytes")]
    TrailingBytes(usize),
    /// A value of another type.
    #[error("expected {expected}, got {got}")]
    WrongType {
        /// What the schema wants.
        expected: &'static str,
        /// What is there.
        got: String,
    },
    /// A string that is not UTF-8.
    #[error("the string is not valid UTF-8")]
    NotUtf8,
    /// A string that should be a number.
    #[error("the number is not one that can be read")]
    NotANumber,
    /// A member that the object has not.
    #[error("unsupported attribute `{0}`")]
    UnknownAttribute(String),
    /// A member that the object must have.
    #[error("attribute `{0}` is missing")]
    MissingAttribute(String),
    /// A tuple, or the pair round a dynamic value, of another length.
    #[error("expected {expected} elements, got {got}")]
    WrongLength {
        /// How many there must be.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// A refinement that go-cty would refuse too.
    #[error("the unknown value has a refinement that cannot be read")]
    BadRefinement,
    /// The type of a dynamic value.
    #[error(transparent)]
    BadType(#[from] ParseTypeError),
    /// Nested deeper than any schema.
    #[error("the value is nested too deep")]
    TooDeep,
    /// Text that should be JSON.
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
    /// The same, seen from one step further out.
    pub(super) fn under(mut self, step: Step) -> Self {
        self.path = self.path.under(step);
        self
    }
}

/// Where it is found; what is around that adds its steps.
impl<K: Into<DecodeErrorKind>> From<K> for DecodeError {
    fn from(kind: K) -> Self {
        Self {
            path: AttributePath::root(),
            kind: kind.into(),
        }
    }
}
