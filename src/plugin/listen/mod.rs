//! Where the plugin listens, and who is connected.
//!
//! - `listener`: the Unix socket or TCP port that the environment asks for: `unix`, `tcp`.
//! - `incoming`: accepted connections, TLS done, as tonic takes them.
//! - `connections`: how many of them are open.

mod connections;
mod incoming;
mod listener;
mod tcp;
#[cfg(unix)]
mod unix;

pub use self::incoming::connection_of;
pub(super) use self::{
    connections::Connections,
    incoming::incoming,
    listener::{Address, Listener, ListenerError},
};
