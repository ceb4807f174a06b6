//! The process: when it ends, and how it reports a panic.
//!
//! - `lifetime`: decides when to end: Shutdown, `signals`, the end of the `parent`.
//! - `panic_hook`: writes panics in the form that the CLI shows.

pub(super) mod lifetime;
pub(super) mod panic_hook;
mod parent;
mod signals;

pub(super) use self::{lifetime::Activity, parent::Parent, signals::Signals};
