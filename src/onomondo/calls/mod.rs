//! The API's operations, one call a file.
//!
//! `whole_list` fetches all pages of a list. `lost_write` finds out whether a write with an odd or
//! lost response was carried out. `create_error` holds the errors of a create.

mod create_connector;
pub(super) mod create_error;
pub(super) mod delete_connector;
pub(super) mod list_connectors;
pub(super) mod list_sims;
pub(super) mod list_tags;
mod lost_write;
pub(super) mod map_sim;
mod update_connector;
pub(super) mod whole_list;
