//! The client of Onomondo's REST API: HTTP and wire types, nothing of Terraform.
//!
//! A call walks down: one file a verb, then the one door to the network, then what came back.
//!
//! - `config`, `api_key`, `base_url`, `operation`: what a call needs, checked once.
//! - `client`, `list`, `create`, `update`, `delete`, `sims`, `tags`: the calls.
//! - `known_names`, `name_lookup`: which connectors the account has, as far as this process knows.
//! - `shared`: one answer for all who ask at about the same time.
//! - `call`, `send`, `attempt`, `retry`, `pace`, `http`: every request passes through `send`.
//! - `exchange`, `error`, `reason`, `body_problem`, `redact`, `body_log`: what is told when a call fails, without secrets.
//! - `connector`, `decode`: what the API answers. `options`, `request`: what it is sent.
//! - `fuzz`: a way in for `crate::fuzz`.

mod api_key;
mod attempt;
mod base_url;
mod body_log;
mod body_problem;
mod call;
mod client;
mod config;
mod connector;
mod create;
mod decode;
mod delete;
mod error;
mod exchange;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod http;
mod known_names;
mod list;
mod name_lookup;
mod operation;
mod options;
mod pace;
mod reason;
mod redact;
mod request;
mod retry;
mod send;
mod shared;
mod sims;
mod tags;
#[cfg(test)]
mod test_server;
mod update;
mod written;

pub use api_key::{ApiKey, ApiKeyError};
pub use base_url::{BaseUrl, BaseUrlError};
pub use body_problem::BodyProblem;
pub use client::Client;
pub use config::Config;
pub use connector::{Connector, Passthrough, SecretMeta, Tag};
pub use create::CreateError;
pub use decode::port;
pub use error::{Error, Refusal, TransportFailure};
pub use exchange::Exchange;
pub use list::LIST_LIMIT;
pub use operation::Operation;
pub use options::{Kind, Options};
pub use reason::Reason;
pub use request::{ConnectorPatch, NewConnector};
pub use sims::MappedSims;
