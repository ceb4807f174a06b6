//! The verbs of the resource, and of the list resource.
//!
//! - `create`, `read`, `update`, `delete`, `import`, `move_state`, `generate_config`, `list`: one
//!   verb a file.

mod create;
mod delete;
mod generate_config;
mod import;
mod list;
mod move_state;
mod read;
mod update;

pub use self::list::ConnectorList;
pub(super) use self::{
    create::create, delete::delete, generate_config::generate_config, import::import,
    move_state::move_state, read::read, update::update,
};
