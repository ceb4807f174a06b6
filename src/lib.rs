//! A Terraform and OpenTofu provider for Onomondo Connectors.
//!
//! Data walks one way, and the modules stand in that order:
//!
//! ```text
//! Terraform CLI -> plugin -> server -> protocol <- provider -> connector, tag -> onomondo -> REST API
//! ```
//!
//! - [`plugin`]: being a go-plugin: magic cookie, handshake line, mutual TLS, logs.
//! - [`protocol`]: tfplugin6 in Rust's terms: values, types, schemas, diagnostics.
//! - [`server`]: the tfplugin6 service: which RPC goes to which resource.
//! - [`provider`]: this provider: its block and what it registers.
//! - [`connector`]: the `onomondo_connector` resource and what else there is of connectors.
//! - [`tag`]: the data sources of tags.
//! - `messages`: what a user reads that more than one of them says.
//! - [`onomondo`]: the client of Onomondo's REST API.
//!
//! `fuzz`, in tests and for `make fuzz` alone, says what no bytes may do to any of them.

pub mod connector;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod messages;
pub mod onomondo;
pub mod plugin;
pub mod protocol;
pub mod provider;
pub mod server;
pub mod tag;
