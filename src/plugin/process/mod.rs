//! The process: what ends it, and what it says when it breaks.
//!
//! - `lifetime`: when to end: Shutdown, `signals`, the death of the `parent`.
//! - `panic_hook`: panics in the form that the CLI shows.

pub(super) mod lifetime;
pub(super) mod panic_hook;
mod parent;
mod signals;

pub(super) use self::{lifetime::Activity, parent::Parent, signals::Signals};
