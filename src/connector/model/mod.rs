//! A connector as configuration, plan and state have it, and as the API takes and shows it.
//!
//! - `attributes`: the names and types of the attributes; `schema`: the schema of the resource.
//! - `object`: an object of that schema, parsed once for each verb.
//! - `tags`, `passthrough`, `meta`: what is in these attributes.
//! - `change`: what an update changes; `request`: what is sent to the API.
//! - `state`: what the API shows, as a state.

pub(crate) mod attributes;
pub(crate) mod change;
pub(crate) mod meta;
mod object;
pub(crate) mod passthrough;
pub(crate) mod request;
pub(crate) mod schema;
pub(crate) mod state;
pub(crate) mod tags;

pub(crate) use self::object::Object;
