//! The trait of a provider: its block, and what configurations may declare with it.

use super::{DataSource, Diagnostics, ListResource, ManagedResource, Schema, Value};

/// The provider block to configure.
#[derive(Debug)]
pub struct Configure {
    /// The configuration. During plan, it may hold unknown values.
    pub config: Value,
    /// The version of the CLI. OpenTofu sends its own version here, without its name.
    pub cli_version: String,
}

/// A provider. Its configuration makes a `C`, such as a client, and every call receives it.
pub trait Provider<C: Send>: Send + Sync {
    /// The source address: host, namespace and type.
    fn address(&self) -> &'static str;

    /// The version, without a leading `v`.
    fn version(&self) -> &'static str;

    /// The schema of the provider block.
    fn schema(&self) -> &Schema;

    /// Checks a provider block, which may hold unknown values. Uses no network.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    /// Makes the `C` for later calls from the provider block, without network. Calls under way keep
    /// the one that they started with. If this returns `None`, later calls get the previous one.
    fn configure(&self, request: &Configure, diagnostics: &mut Diagnostics) -> Option<C>;

    /// The managed resources.
    fn resources(&self) -> Vec<Box<dyn ManagedResource<C>>>;

    /// The data sources.
    fn data_sources(&self) -> Vec<Box<dyn DataSource<C>>>;

    /// The list resources. Each lists a managed resource of the same type.
    fn list_resources(&self) -> Vec<Box<dyn ListResource<C>>>;
}
