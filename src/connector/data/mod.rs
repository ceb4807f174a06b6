//! The data sources of connectors: what Onomondo shows of them, whoever manages them.
//!
//! - `by_name`: `data "onomondo_connector"`.
//! - `all`: `data "onomondo_connectors"`.
//! - `schema`, `object`: a connector as both show it.

mod all;
mod by_name;
mod object;
mod schema;

pub use all::ConnectorsDataSource;
pub use by_name::ConnectorDataSource;
