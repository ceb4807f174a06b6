//! The plugin's listener and its connections.
//!
//! - `listener`: the Unix socket or TCP port that the environment asks for: `unix`, `tcp`.
//! - `incoming`: accepts connections and does their TLS handshake.
//! - `requests`: counts the requests under way.
//! - `count`: a shared count.

mod count;
mod incoming;
mod listener;
mod requests;
mod tcp;
#[cfg(unix)]
mod unix;

pub use self::incoming::connection_of;
pub(super) use self::{
    count::Count,
    incoming::incoming,
    listener::{Address, Listener, ListenerError},
    requests::CountRequests,
};
