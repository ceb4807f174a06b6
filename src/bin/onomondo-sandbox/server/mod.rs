//! Connections, and the layers around every request.
//!
//! - [`connection`]: connections that can end on purpose. [`tls`]: those over TLS.
//! - [`mod@serve`]: accepting connections.
//! - [`mod@date`]: what time it is.
//! - [`log`]: what was asked and what became of it.
//! - [`rate_limit`]: how many requests are let through.
//! - [`auth`]: who is let through.

mod auth;
mod connection;
mod date;
mod log;
mod rate_limit;
mod serve;
mod tls;

pub(crate) use self::auth::{Keys, require_key};
pub(crate) use self::connection::{Connection, End};
pub(crate) use self::date::date;
pub(crate) use self::log::{Log, record};
pub(crate) use self::rate_limit::{Limit, RateLimit, limit};
pub(crate) use self::serve::serve;
pub(crate) use self::tls::{Certificate, Tls};
