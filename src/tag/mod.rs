//! The data sources of tags. Users make tags in Onomondo's web app: the API only lists them.
//!
//! - `by_name`: `data "onomondo_tag"`.
//! - `all`: `data "onomondo_tags"`.

mod all;
mod by_name;

pub use all::TagsDataSource;
pub use by_name::TagDataSource;
