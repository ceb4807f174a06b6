//! This provider: its block, and what users can declare with it.
//!
//! - `configuration`: the provider block and the client that it makes.
//! - `ENVIRONMENT`: the environment variables that a user sets.

mod configuration;

use crate::{
    connector::{
        self, ConnectorDataSource, ConnectorList, ConnectorResource, ConnectorsDataSource,
    },
    onomondo::{Client, Redactor},
    protocol::{
        Configure, DataSource, Diagnostics, ListResource, ManagedResource, Provider, Schema, Value,
    },
    sim::{ConnectorSimsResource, SimsDataSource},
    tag::{TagDataSource, TagsDataSource},
};

/// The provider's addresses in the registries of Terraform and OpenTofu.
pub const ADDRESSES: &[&str] = &[
    "registry.terraform.io/onomondo/onomondo",
    "registry.opentofu.org/onomondo/onomondo",
];

/// The environment variables that a user sets for it, as `--help` describes them.
pub const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "ONOMONDO_API_KEY",
        "API key, if the provider block does not set `api_key`",
    ),
    (
        "ONOMONDO_BASE_URL",
        "address of the API, if the provider block does not set `base_url`",
    ),
    (
        "HTTPS_PROXY, NO_PROXY",
        "proxy for requests to Onomondo, and hosts to reach without it",
    ),
    (
        "SSL_CERT_FILE, SSL_CERT_DIR",
        "trusted CA certificates instead of the system's (Linux, FreeBSD)",
    ),
];

/// The provider: the schema of its block, and the redactor that knows the secrets of all its
/// configurations.
#[derive(Debug)]
pub struct OnomondoProvider {
    schema: Schema,
    redactor: Redactor,
}

impl Default for OnomondoProvider {
    fn default() -> Self {
        Self {
            schema: configuration::schema(),
            redactor: Redactor::new(connector::secret_members()),
        }
    }
}

impl Provider<Client> for OnomondoProvider {
    fn address(&self) -> &'static str {
        ADDRESSES[0]
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        configuration::validate(config, diagnostics);
    }

    fn configure(&self, request: &Configure, diagnostics: &mut Diagnostics) -> Option<Client> {
        configuration::configure(request, &self.redactor, diagnostics)
    }

    fn resources(&self) -> Vec<Box<dyn ManagedResource<Client>>> {
        vec![
            Box::new(ConnectorResource::default()),
            Box::new(ConnectorSimsResource::default()),
        ]
    }

    fn data_sources(&self) -> Vec<Box<dyn DataSource<Client>>> {
        vec![
            Box::new(ConnectorDataSource::default()),
            Box::new(ConnectorsDataSource::default()),
            Box::new(SimsDataSource::default()),
            Box::new(TagDataSource::default()),
            Box::new(TagsDataSource::default()),
        ]
    }

    fn list_resources(&self) -> Vec<Box<dyn ListResource<Client>>> {
        vec![Box::new(ConnectorList::default())]
    }
}
