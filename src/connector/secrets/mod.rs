//! The secrets that Onomondo takes and never returns.
//!
//! - `private_state`: what is remembered of them. `own_writes`: and of our own writes.
//! - `version`: when a write-only one is sent.
//! - `validated`: which write-only values a configuration has, whatever the CLI leaves out of it.
//! - `verify`: whether a write took them.
//! - `drift`: whether somebody else changed them.

pub(crate) mod drift;
mod own_writes;
mod private_state;
mod validated;
pub(crate) mod verify;
pub(crate) mod version;

pub(crate) use self::{private_state::PrivateState, validated::Validated};
