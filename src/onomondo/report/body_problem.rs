//! The reason why a successful answer cannot be read.

use std::fmt;

use super::{reason::excerpt, redact::Redactor};

/// The fault in the body of a successful answer. It names members, but never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyProblem {
    /// The body is longer than any answer of this API can be.
    #[error("it is longer than {limit} bytes")]
    TooLong {
        /// The maximum number of bytes to read.
        limit: usize,
    },
    /// The body is not JSON, or is cut off.
    #[error("it is not JSON (line {line}, column {column})")]
    NotJson {
        /// The line of the fault, counted from 1.
        line: usize,
        /// The column of the fault, counted from 1.
        column: usize,
    },
    /// The body is an object instead of a list, such as an envelope.
    #[error("it is an object with {} instead of a list", shown_keys(keys))]
    Envelope {
        /// The members of the object.
        keys: Vec<String>,
    },
    /// A member has the wrong type.
    #[error("{} is {found} instead of {expected}", shown_place(place))]
    Unexpected {
        /// The member, such as `[3].tags[0]`.
        place: String,
        /// The expected type.
        expected: &'static str,
        /// The type found.
        found: &'static str,
    },
    /// The response to a write does not describe the result, and the list does not show it.
    #[error("it does not describe the connector, and the list of connectors does not contain it")]
    Incomplete,
}

impl BodyProblem {
    /// Redacts the names of members, which the sender of the body chose.
    pub(in crate::onomondo) fn redacted(self, redactor: &Redactor) -> Self {
        let shown = |name: &str| excerpt(&redactor.redact(name));
        match self {
            Self::Envelope { keys } => Self::Envelope {
                keys: keys.iter().map(|key| shown(key)).collect(),
            },
            Self::Unexpected {
                place,
                expected,
                found,
            } => Self::Unexpected {
                place: shown(&place),
                expected,
                found,
            },
            other => other,
        }
    }
}

/// `the body` is a place as well, but not a member's name.
fn shown_place(place: &str) -> String {
    if place.contains(' ') {
        return place.to_owned();
    }
    format!("`{place}`")
}

fn shown_keys(keys: &[String]) -> impl fmt::Display {
    if keys.is_empty() {
        return "no members".to_owned();
    }
    let shown: Vec<String> = keys.iter().take(10).map(|key| format!("`{key}`")).collect();
    let more = if keys.len() > shown.len() {
        ", …"
    } else {
        ""
    };
    format!("the members {}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    /// An answer that repeats the request may have a secret in place of a name.
    #[test]
    fn names_of_members_are_redacted_and_made_readable() {
        let redactor = Redactor::default();
        redactor.learn(&SecretString::from("onok_12345678.secret"));
        let envelope = BodyProblem::Envelope {
            keys: vec![
                "key onok_12345678.secret".to_owned(),
                "a\u{1b}\nb".to_owned(),
            ],
        };
        assert_eq!(
            envelope.redacted(&redactor).to_string(),
            "it is an object with the members `key [redacted]`, `a b` instead of a list"
        );
        let unexpected = BodyProblem::Unexpected {
            place: "[0].meta.onok_12345678.secret".to_owned(),
            expected: "an object",
            found: "a list",
        };
        assert_eq!(
            unexpected.redacted(&redactor).to_string(),
            "`[0].meta.[redacted]` is a list instead of an object"
        );
    }
}
