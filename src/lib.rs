//! A Terraform and OpenTofu provider for Onomondo Connectors.
//!
//! Data flows in one direction. The modules, in that order:
//!
//! ```text
//! Terraform CLI -> plugin -> server -> protocol <- provider -> connector, sim, tag -> messages -> onomondo -> REST API
//! ```
//!
//! - [`plugin`]: the process as a go-plugin: magic cookie, handshake line, mutual TLS, logs.
//! - [`server`]: the tfplugin6 service of any provider. It routes each RPC to a verb.
//! - [`protocol`]: tfplugin6 as Rust types: values, types, schemas, diagnostics, and the traits of
//!   a provider and what it registers.
//! - [`provider`]: this provider: its block, and what users can declare.
//! - [`connector`]: the `onomondo_connector` resource, and the data sources and the list resource
//!   of connectors.
//! - [`sim`]: the `onomondo_connector_sims` resource, which maps SIMs, and the data source that
//!   finds them.
//! - [`tag`]: the data sources of tags.
//! - `messages`: messages and attributes that several of these share.
//! - [`onomondo`]: the client of Onomondo's REST API.
//!
//! `fuzz`, only in tests and for `make fuzz`, asserts the promises that these modules keep for any
//! bytes.

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
