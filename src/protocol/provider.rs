//! What a provider is to the CLI: its block, and what configurations may declare with it.

use super::{DataSource, Diagnostics, ListResource, ManagedResource, Schema, Value};

/// The provider block of a configuration, to be made into what calls need.
#[derive(Debug)]
pub struct Configure {
    /// The configuration; at plan it may hold unknown values.
    pub config: Value,
    /// The version of the CLI. OpenTofu sends its own here, without its name.
    pub cli_version: String,
}

/// A provider. `C` is what its configuration makes and every call is given, such as a client.
pub trait Provider<C: Send>: Send + Sync {
    /// The source address: host, namespace and type.
    fn address(&self) -> &'static str;

    /// The version, without a leading `v`.
    fn version(&self) -> &'static str;

    /// The schema of the provider block.
    fn schema(&self) -> &Schema;

    /// Checks a provider block, unknown values and all, without network.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    /// Makes of the provider block what calls are given, without network. Calls keep what they began
    /// with; where this is `None`, later ones are given what was configured before.
    fn configure(&self, request: &Configure, diagnostics: &mut Diagnostics) -> Option<C>;

    /// The managed resources.
    fn resources(&self) -> Vec<Box<dyn ManagedResource<C>>>;

    /// The data sources.
    fn data_sources(&self) -> Vec<Box<dyn DataSource<C>>>;

    /// The list resources. Each lists a managed resource of the same type.
    fn list_resources(&self) -> Vec<Box<dyn ListResource<C>>>;
}
