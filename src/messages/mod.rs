//! What more than one resource or data source tells its user: messages, and the attributes `tags` and
//! `timeouts`.
//!
//! - `failure`: a call to the API that failed, and what to do about it.
//! - `invalid`: a value that a configuration may not have.
//! - `near_misses`: names like the one that was not found.
//! - `tag`: a tag as data sources show it.
//! - `timeouts`: how long each operation of a resource may take.

pub(crate) mod failure;
pub(crate) mod invalid;
pub(crate) mod near_misses;
pub(crate) mod tag;
pub(crate) mod timeouts;
