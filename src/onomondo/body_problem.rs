//! Why a successful answer cannot be read.

use std::fmt;

/// What is wrong with the body of a successful answer. It names members, never values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyProblem {
    /// Longer than any answer of this API can be.
    #[error("it is longer than {limit} bytes")]
    TooLong {
        /// The most that is read.
        limit: usize,
    },
    /// Not JSON, or cut off.
    #[error("it is not JSON (line {line}, column {column})")]
    NotJson {
        /// Where reading failed, from 1.
        line: usize,
        /// Where reading failed, from 1.
        column: usize,
    },
    /// An object where a list was expected, such as an envelope.
    #[error("a list was expected, and it is an object with {}", shown_keys(keys))]
    Envelope {
        /// The members of the object.
        keys: Vec<String>,
    },
    /// A member has another type than it must have.
    #[error("{place} is {found} instead of {expected}")]
    Unexpected {
        /// Which member, such as `[3].tags[0]`.
        place: String,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A write was answered without saying what was written, and the list does not show it.
    #[error("it does not describe the connector, and the list of connectors does not have it")]
    Incomplete,
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
