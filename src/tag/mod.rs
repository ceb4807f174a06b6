//! Tags, which are made in Onomondo's web app: the API only lists them.
//!
//! - `by_name`: `data "onomondo_tag"`.
//! - `all`: `data "onomondo_tags"`.
//! - `object`: a tag as configurations see it.

mod all;
mod by_name;
mod object;

pub use all::TagsDataSource;
pub use by_name::TagDataSource;
pub(crate) use object::{attributes, object};
