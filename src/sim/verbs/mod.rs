//! The verbs of the resource, one file each.

mod create;
mod delete;
mod import;
mod read;
mod update;

pub(super) use self::{create::create, delete::delete, import::import, read::read, update::update};
