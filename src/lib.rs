//! A Terraform and OpenTofu provider for Onomondo Connectors.
//!
//! Data walks one way, and the modules stand in that order:
//!
//! ```text
//! Terraform CLI -> plugin -> server -> protocol <- provider -> connector, sim, tag -> messages -> onomondo -> REST API
//! ```
//!
//! - [`plugin`]: being a go-plugin: magic cookie, handshake line, mutual TLS, logs.
//! - [`server`]: the tfplugin6 service of any provider: which RPC goes to which verb.
//! - [`protocol`]: tfplugin6 in Rust's terms: values, types, schemas, diagnostics, and the traits of a
//!   provider and what it registers.
//! - [`provider`]: this provider: its block, and what users can declare.
//! - [`connector`]: the `onomondo_connector` resource and what else there is of connectors.
//! - [`sim`]: the `onomondo_connector_sims` resource, which maps SIMs, and the data source that finds them.
//! - [`tag`]: the data sources of tags.
//! - `messages`: what a user reads that more than one of them says.
//! - [`onomondo`]: the client of Onomondo's REST API.
//!
//! `fuzz`, in tests and for `make fuzz` alone, says what no bytes may do to any of them.

pub mod plugin;

pub mod server;

pub mod protocol;

pub mod provider;

pub mod connector;
pub mod sim;
pub mod tag;

mod messages;

pub mod onomondo;

#[cfg(any(test, fuzzing))]
pub mod fuzz;
