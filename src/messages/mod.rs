//! Messages that several resources and data sources share, the attributes of a tag, and the
//! attribute `timeouts`.
//!
//! - `failure`: the title and the advice for every error of the API.
//! - `invalid`: an invalid value in a configuration.
//! - `near_misses`: names similar to one that was not found.
//! - `tag`: a tag in a data source.
//! - `timeouts`: the time limit of each operation.

pub(crate) mod failure;
pub(crate) mod invalid;
pub(crate) mod near_misses;
pub(crate) mod tag;
pub(crate) mod timeouts;
