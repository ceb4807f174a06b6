//! The tfplugin6 service: which RPC goes to which resource.
//!
//! - `service`: the RPCs, one line each.
//! - `boundary`, `events`: what every RPC passes: a task and a span of its own, panics become
//!   diagnostics.
//! - `sessions`: which connection made which client.
//! - `managed`, `data`, `list`: the verbs of managed resources, data sources and list resources, from
//!   bytes to values and back.
//! - `read_only`: a check that the first two have in common.
//! - `unsupported`: answers for what this provider has not.

mod boundary;
mod data;
mod events;
mod list;
mod managed;
mod read_only;
mod schemas;
mod service;
mod sessions;
mod unsupported;

use std::sync::Arc;

use tonic::service::Routes;

pub use self::sessions::ConnectionOf;
use self::sessions::Sessions;

use crate::{
    connector::{ConnectorDataSource, ConnectorList, ConnectorResource, ConnectorsDataSource},
    onomondo::Client,
    protocol::{
        DataSource, Diagnostic, ListResource, ManagedResource, Schema,
        tfplugin6::provider_server::ProviderServer,
    },
    provider,
    tag::{TagDataSource, TagsDataSource},
};

/// Largest message in either direction, in bytes: what terraform-plugin-go allows. tonic's own
/// 4 MiB would fail large states with an error that explains nothing.
const MESSAGE_LIMIT: usize = 256 << 20;

/// The provider as a gRPC service. `connection_of` tells requests of one connection from those of
/// another.
#[must_use]
pub fn routes(connection_of: ConnectionOf) -> Routes {
    let server = ProviderServer::new(Provider::new(connection_of))
        .max_decoding_message_size(MESSAGE_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT);
    Routes::new(server)
}

type Resource = Arc<dyn ManagedResource<Client>>;
type Source = Arc<dyn DataSource<Client>>;
type Lister = Arc<dyn ListResource<Client>>;

/// The provider: its resources, data sources and list resources, and what its configurations made.
#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) schema: Arc<Schema>,
    resources: Arc<[Resource]>,
    data_sources: Arc<[Source]>,
    list_resources: Arc<[Lister]>,
    pub(crate) sessions: Arc<Sessions>,
}

impl Provider {
    fn new(connection_of: ConnectionOf) -> Self {
        Self {
            schema: Arc::new(provider::configuration::schema()),
            resources: Arc::new([Arc::new(ConnectorResource::new())]),
            data_sources: Arc::new([
                Arc::new(ConnectorDataSource::default()),
                Arc::new(ConnectorsDataSource::default()),
                Arc::new(TagDataSource::default()),
                Arc::new(TagsDataSource::default()),
            ]),
            list_resources: Arc::new([Arc::new(ConnectorList::default())]),
            sessions: Arc::new(Sessions::new(connection_of)),
        }
    }

    fn resource(&self, type_name: &str) -> Result<Resource, Diagnostic> {
        let mut all = self.resources.iter();
        let found = all.find(|resource| resource.type_name() == type_name);
        found
            .cloned()
            .ok_or_else(|| unsupported::no_such("resource type", type_name))
    }

    fn data_source(&self, type_name: &str) -> Result<Source, Diagnostic> {
        let mut all = self.data_sources.iter();
        let found = all.find(|source| source.type_name() == type_name);
        found
            .cloned()
            .ok_or_else(|| unsupported::no_such("data source", type_name))
    }

    fn list_resource(&self, type_name: &str) -> Result<Lister, Diagnostic> {
        let mut all = self.list_resources.iter();
        let found = all.find(|lister| lister.type_name() == type_name);
        found
            .cloned()
            .ok_or_else(|| unsupported::no_such("list resource", type_name))
    }
}
