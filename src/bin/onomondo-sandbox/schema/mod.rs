//! What a request may contain, strict to Onomondo's schema.
//!
//! Types, patterns, ranges, enumerations, required members; unknown members are refused, so that a
//! client that sends one finds out here and not in production.
//!
//! - [`body`]: a body as such.
//! - [`connector`]: the bodies of POST and PATCH.
//! - [`passthrough`]: the rules in them.
//! - [`options`]: the members of `options`, by connector type.

mod body;
mod connector;
pub(crate) mod options;
mod passthrough;

pub(crate) use self::body::{object, only};
pub(crate) use self::connector::{Change, Creation};
