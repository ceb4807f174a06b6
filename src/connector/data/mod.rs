//! The data sources of connectors. They show any connector, no matter who manages it.
//!
//! - `by_name`: `data "onomondo_connector"`.
//! - `all`: `data "onomondo_connectors"`.
//! - `schema`, `object`: a connector in both data sources.

mod all;
mod by_name;
mod object;
mod schema;

pub use all::ConnectorsDataSource;
pub use by_name::ConnectorDataSource;
