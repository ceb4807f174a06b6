//! The tfplugin6 service: which RPC goes to which resource.
//!
//! - `service`: the RPCs, one line each.
//! - `boundary`: what every RPC passes: a task and a span of its own, panics become diagnostics.
//! - `configuration`: the provider block, and the client made of it.
//! - `managed`: the verbs of managed resources, from bytes to values and back.
//! - `data`: the verbs of data sources, likewise.
//! - `read_only`: a check that both have in common.
//! - `unsupported`: answers for what this provider has not.

mod boundary;
mod configuration;
mod data;
mod managed;
mod read_only;
mod schemas;
mod service;
mod unsupported;

use std::sync::{Arc, PoisonError, RwLock};

use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use crate::{
    connector::{ConnectorDataSource, ConnectorResource, ConnectorsDataSource},
    onomondo::Client,
    protocol::{
        Call, DataSource, Diagnostic, ManagedResource, Schema,
        tfplugin6::provider_server::ProviderServer,
    },
    tag::{TagDataSource, TagsDataSource},
};

/// What the provider is called in the registries of Terraform and OpenTofu.
pub const ADDRESSES: &[&str] = &[
    "registry.terraform.io/onomondo/onomondo",
    "registry.opentofu.org/onomondo/onomondo",
];

/// Largest message in either direction, in bytes: what terraform-plugin-go allows. tonic's own
/// 4 MiB would fail large states with an error that explains nothing.
const MESSAGE_LIMIT: usize = 256 << 20;

/// The provider as a gRPC service.
#[must_use]
pub fn routes() -> Routes {
    let server = ProviderServer::new(Provider::new())
        .max_decoding_message_size(MESSAGE_LIMIT)
        .max_encoding_message_size(MESSAGE_LIMIT);
    Routes::new(server)
}

type Resource = Arc<dyn ManagedResource<Client>>;

type Source = Arc<dyn DataSource<Client>>;

/// The provider: its resources and data sources, and what the last configuration made.
#[derive(Clone)]
struct Provider {
    schema: Arc<Schema>,
    resources: Arc<[Resource]>,
    data_sources: Arc<[Source]>,
    /// The client of the last `ConfigureProvider`. Calls under way keep the one they began with: in
    /// debug mode one process serves many configurations.
    client: Arc<RwLock<Option<Client>>>,
    /// Cancelled and replaced by `StopProvider`: later calls run as if nothing had been.
    stop: Arc<RwLock<CancellationToken>>,
}

impl Provider {
    fn new() -> Self {
        Self {
            schema: Arc::new(configuration::schema()),
            resources: Arc::new([Arc::new(ConnectorResource::new())]),
            data_sources: Arc::new([
                Arc::new(ConnectorDataSource::default()),
                Arc::new(ConnectorsDataSource::default()),
                Arc::new(TagDataSource::default()),
                Arc::new(TagsDataSource::default()),
            ]),
            client: Arc::default(),
            stop: Arc::default(),
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

    fn call(&self) -> Result<Call<Client>, Diagnostic> {
        let client = self
            .client
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Ok(Call {
            client: client.ok_or_else(never_configured)?,
            stop: self
                .stop
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        })
    }

    fn configure(&self, client: Client) {
        *self.client.write().unwrap_or_else(PoisonError::into_inner) = Some(client);
    }

    fn stop(&self) {
        let mut stop = self.stop.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *stop).cancel();
    }
}

fn never_configured() -> Diagnostic {
    Diagnostic::error(
        "The provider is not configured",
        "The CLI asked for something of Onomondo before it configured the provider. This is a bug of the CLI \
         or of the program in its place.",
    )
}
