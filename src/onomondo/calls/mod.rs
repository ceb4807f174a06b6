//! What can be asked of the API, one call a file. `whole_list`: any list, all its pages.

pub(super) mod create_connector;
mod delete_connector;
pub(super) mod list_connectors;
pub(super) mod list_sims;
pub(super) mod list_tags;
mod update_connector;
pub(super) mod whole_list;
