//! The tfplugin6 service: which RPC goes to which resource.
//!
//! - `service`: the RPCs, one line each.
//! - `boundary`: what every RPC passes: a task and a span of its own, panics become diagnostics.
//! - `configuration`: the provider block, and the client made of it.
//! - `managed`: the verbs of managed resources, from bytes to values and back.
//! - `unsupported`: answers for what this provider has not.

mod boundary;
mod configuration;
mod managed;
mod schemas;
mod service;
mod unsupported;

use std::sync::{Arc, PoisonError, RwLock};

use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use crate::{
    connector::ConnectorResource,
    onomondo::Client,
    protocol::{
        Call, Diagnostic, ManagedResource, Schema, tfplugin6::provider_server::ProviderServer,
    },
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

/// The provider: its resources, and what the last configuration made.
#[derive(Clone)]
struct Provider {
    schema: Arc<Schema>,
    resources: Arc<[Resource]>,
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
            client: Arc::default(),
            stop: Arc::default(),
        }
    }

    fn resource(&self, type_name: &str) -> Result<Resource, Diagnostic> {
        let resource = self
            .resources
            .iter()
            .find(|resource| resource.type_name() == type_name);
        resource
            .cloned()
            .ok_or_else(|| unsupported::no_such("resource type", type_name))
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
        "The CLI asked for a connector before it configured the provider. This is a bug of the CLI \
         or of the program in its place.",
    )
}
