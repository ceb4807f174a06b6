//! What can be asked of the API, one call a file.
//!
//! `whole_list` gets any list with all its pages. `settle` decides for all that write what became of a write
//! whose answer was odd or lost. `create_error` says why a connector was not made.

mod create_connector;
pub(super) mod create_error;
pub(super) mod delete_connector;
pub(super) mod list_connectors;
pub(super) mod list_sims;
pub(super) mod list_tags;
pub(super) mod map_sim;
mod settle;
mod update_connector;
pub(super) mod whole_list;
