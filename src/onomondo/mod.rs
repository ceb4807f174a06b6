//! The client of Onomondo's REST API: HTTP and wire types, nothing of Terraform.
//!
//! - `config`, `api_key`, `base_url`: what a client needs, checked once.
//! - `client`: the client, shared by everything in the process.
//! - `calls`: what can be asked of the API, one call a file.
//! - `account`: what this process knows of the account, shared by all calls.
//! - `transport`: one request, from the configuration to the answer.
//! - `wire`: the objects of the API, and the bodies that carry them.
//! - `report`: what is told when a call fails, without secrets.
//! - `fuzz`: a way in for `crate::fuzz`. `test_server`: an HTTP server for tests.

mod account;
mod api_key;
mod base_url;
mod calls;
mod client;
mod config;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod report;
#[cfg(test)]
mod test_server;
mod transport;
mod wire;

pub use account::{
    connectors::Connectors,
    free_name::NameGlance,
    listing::ListFailure,
    sims::{SimFilter, Sims},
};
pub use api_key::{ApiKey, ApiKeyError};
pub use base_url::{BaseUrl, BaseUrlError};
pub use calls::{
    create_error::CreateError,
    delete_connector::{DeleteError, StillMapped},
    list_sims::MappedSims,
    map_sim::Mapping,
};
pub use client::Client;
pub use config::Config;
pub use report::{
    body_problem::BodyProblem,
    error::{Error, Refusal, TransportFailure},
    exchange::Exchange,
    reason::Reason,
    redact::Redactor,
};
pub use transport::operation::Operation;
pub use wire::{
    connector::{Connector, Passthrough, SecretMeta, Tag},
    connector_body::{ConnectorPatch, NewConnector},
    decode::port,
    entry::OddEntry,
    options::Options,
    sim::Sim,
    vocabulary::Vocabulary,
    written::{WriteWindow, Written},
};
