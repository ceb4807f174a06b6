//! A connector in configuration, plan and state, and in the API.
//!
//! - `attributes`: the names and types of the attributes; `schema`: the schema of the resource.
//! - `object`: an object of that schema, parsed once for each verb.
//! - `tags`, `passthrough`, `meta`: the values of these attributes.
//! - `change`: the differences that an update makes; `request`: the bodies of requests.
//! - `state`: the state made from the API's answer.

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
