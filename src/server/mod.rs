//! The tfplugin6 service of any provider: which RPC goes to which verb of what it registers.
//!
//! - `rpcs`: one method for each RPC. `service`: finds the type that an RPC names, and runs its verb.
//! - `boundary`, `events`: what every RPC passes: a task and a span of its own, panics become
//!   diagnostics.
//! - `registry`: what the provider registers, found by type; `schemas` describes it.
//! - `sessions`: which connection configured what.
//! - `provider`, `managed`, `data`, `list`: the verbs of the provider block, managed resources, data
//!   sources and list resources, from bytes to values and back.
//! - `sent`: a value that the CLI sends, called what it is where it cannot be read.
//! - `read_only`: a check that resources and data sources have in common.
//! - `unsupported`: answers for what the provider has not.

mod boundary;
mod data;
mod events;
mod list;
mod managed;
mod provider;
mod read_only;
mod registry;
mod rpcs;
mod schemas;
mod sent;
mod service;
mod sessions;
mod unsupported;

use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use self::service::Service;
pub use self::sessions::ConnectionOf;
use crate::protocol::{Provider, tfplugin6::provider_server::ProviderServer};

/// Largest message in either direction, in bytes: what terraform-plugin-go allows. tonic's own
/// 4 MiB would fail large states with an error that explains nothing.
const MESSAGE_LIMIT: usize = 256 << 20;

/// A provider as a gRPC service. `connection_of` tells requests of one connection from those of
/// another. `stop`, once cancelled, is what `StopProvider` is, for all connections and for good.
#[must_use]
pub fn routes<C>(
    provider: impl Provider<C> + 'static,
    connection_of: ConnectionOf,
    stop: &CancellationToken,
) -> Routes
where
    C: Clone + Send + Sync + 'static,
{
    let server = ProviderServer::new(Service::new(provider, connection_of, stop))
        .max_decoding_message_size(MESSAGE_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT);
    Routes::new(server)
}
