//! The tfplugin6 service of any provider. It routes each RPC to a verb of what the provider
//! registers.
//!
//! - `rpcs`: one method for each RPC. `service`: finds the type that an RPC names and runs its
//!   verb.
//! - `boundary`, `events`: give each RPC its own task and span, and turn panics into diagnostics.
//! - `registry`: what the provider registers, found by type; `schemas` describes it.
//! - `sessions`: which connection configured what.
//! - `provider`, `managed`, `data`, `list`: the verbs of the provider block, managed resources,
//!   data sources and list resources. They convert bytes to values and back.
//! - `sent`: values that the CLI sends, and the errors for unreadable ones.
//! - `read_only`: a check that resources and data sources share.
//! - `unsupported`: answers for features that the provider does not have.

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

/// The largest message in either direction, in bytes. terraform-plugin-go allows as much. tonic's
/// default of 4 MiB would fail large states with an error that explains nothing.
const MESSAGE_LIMIT: usize = 256 << 20;

/// Makes a gRPC service from a provider. `connection_of` tells the connections of requests apart.
/// Cancelling `stop` has the effect of `StopProvider` on all connections, permanently.
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
