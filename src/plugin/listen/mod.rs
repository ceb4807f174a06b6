//! Where the plugin listens, and who is connected.
//!
//! - `listener`: the Unix socket or TCP port that the environment asks for: `unix`, `tcp`.
//! - `incoming`: accepted connections, TLS done, as tonic takes them.
//! - `requests`: what is asked on them, as far as it is under way.
//! - `count`: how many of something there are.

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
