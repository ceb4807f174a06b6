//! The allowed contents of a request, exactly as in Onomondo's schema.
//!
//! This checks types, patterns, ranges, enumerations and required members. Unknown members are
//! refused, so that the author of a client learns of them here and not in production.
//!
//! - [`body`]: bodies in general.
//! - [`connector`]: the bodies of POST and PATCH.
//! - [`passthrough`]: the passthrough rules in them.
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
