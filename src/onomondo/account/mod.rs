//! What this process knows of the account, shared by all calls.
//!
//! - `shared`: one answer for all who ask at about the same time.
//! - `known_names`, `name_lookup`: which connectors the account has, as far as this process knows.

pub(super) mod known_names;
mod name_lookup;
pub(super) mod shared;
