//! The client of Onomondo's REST API: HTTP and wire types. It knows nothing about Terraform.
//!
//! - `config`, `api_key`, `base_url`: the settings of a client, checked once.
//! - `client`: the client, shared by everything in the process.
//! - `calls`: the API's operations, one call a file.
//! - `account`: this process's knowledge of the account, shared by all calls.
//! - `transport`: sends one request and returns its answer.
//! - `wire`: the API's objects, and the bodies that carry them.
//! - `report`: errors and logs, without secrets.
//! - `fuzz`: the entry point for `crate::fuzz`. `test_server`: an HTTP server for tests.

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
    delete_connector::{DeleteError, StillMapped, WaitEnd},
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
    sim::{Sim, sim_number},
    vocabulary::{OptionForm, Vocabulary},
    written::{WriteWindow, Written},
};
