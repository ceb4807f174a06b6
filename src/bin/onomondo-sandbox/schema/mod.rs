//! What a request may contain, strict to Onomondo's schema.
//!
//! Types, patterns, ranges, enumerations, required members; unknown members are refused, so that a
//! client that sends one finds out here and not in production.
//!
//! - [`body`]: a body as such.
//! - [`connector`]: the bodies of POST and PATCH.
//! - [`passthrough`]: the rules in them.
//! - [`sim`]: the body of a SIM's PATCH.
//! - [`options`]: the members of `options`, by connector type.

mod body;
mod connector;
pub(crate) mod options;
mod passthrough;
mod sim;

pub(crate) use self::body::object;
pub(crate) use self::connector::{Change, Creation};
pub(crate) use self::sim::{Nullable, SimChange, sim_id};
