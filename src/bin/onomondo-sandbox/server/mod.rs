//! Connections, and the layers around every request.
//!
//! - [`connection`]: connections that can end on purpose. [`tls`]: HTTPS.
//! - [`mod@serve`]: accepts connections.
//! - [`mod@date`]: sets the `Date` of answers.
//! - [`log`]: records requests and their results.
//! - [`rate_limit`]: limits the number of requests.
//! - [`auth`]: checks the API key.

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
