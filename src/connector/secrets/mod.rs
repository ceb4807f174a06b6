//! The secrets that Onomondo accepts and never returns.
//!
//! - `private_state`: facts about secrets that were sent. `own_writes`: times of the provider's own
//!   writes.
//! - `version`: decides when to send a write-only secret.
//! - `validated`: which write-only values a configuration has, even if the CLI omits them later.
//! - `planned`: the secrets that an update may send.
//! - `verify`: checks whether a write stored them.
//! - `drift`: checks whether someone else changed them.

pub(crate) mod drift;
mod own_writes;
mod planned;
mod private_state;
mod validated;
pub(crate) mod verify;
pub(crate) mod version;

pub(crate) use self::{planned::as_planned, private_state::PrivateState, validated::Validated};
