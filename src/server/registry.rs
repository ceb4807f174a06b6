//! The types that a provider registers, found by name.

use std::sync::Arc;

use super::unsupported;
use crate::protocol::{DataSource, Diagnostic, ListResource, ManagedResource, Provider};

pub(super) type Resource<C> = Arc<dyn ManagedResource<C>>;
pub(super) type Source<C> = Arc<dyn DataSource<C>>;
pub(super) type Lister<C> = Arc<dyn ListResource<C>>;

/// Something that the registry finds by its type.
pub(super) trait Registered<C>: Sized + Send + Sync + 'static {
    fn find(registry: &Registry<C>, type_name: &str) -> Result<Self, Diagnostic>;
}

/// The provider and what it registers.
pub(super) struct Registry<C> {
    pub(super) provider: Box<dyn Provider<C>>,
    pub(super) resources: Vec<Resource<C>>,
    pub(super) data_sources: Vec<Source<C>>,
    pub(super) list_resources: Vec<Lister<C>>,
}

impl<C: Send> Registry<C> {
    pub(super) fn new(provider: impl Provider<C> + 'static) -> Self {
        Self {
            resources: provider.resources().into_iter().map(Arc::from).collect(),
            data_sources: provider.data_sources().into_iter().map(Arc::from).collect(),
            list_resources: provider
                .list_resources()
                .into_iter()
                .map(Arc::from)
                .collect(),
            provider: Box::new(provider),
        }
    }

    /// The error for a type that the provider does not have.
    pub(super) fn no_such(&self, kind: &str, type_name: &str) -> Diagnostic {
        unsupported::no_such(self.provider.as_ref(), kind, type_name)
    }
}

impl<C: Send + 'static> Registered<C> for Resource<C> {
    fn find(registry: &Registry<C>, type_name: &str) -> Result<Self, Diagnostic> {
        let mut all = registry.resources.iter();
        all.find(|resource| resource.type_name() == type_name)
            .cloned()
            .ok_or_else(|| registry.no_such("resource type", type_name))
    }
}

impl<C: Send + 'static> Registered<C> for Source<C> {
    fn find(registry: &Registry<C>, type_name: &str) -> Result<Self, Diagnostic> {
        let mut all = registry.data_sources.iter();
        all.find(|source| source.type_name() == type_name)
            .cloned()
            .ok_or_else(|| registry.no_such("data source", type_name))
    }
}

impl<C: Send + 'static> Registered<C> for Lister<C> {
    fn find(registry: &Registry<C>, type_name: &str) -> Result<Self, Diagnostic> {
        let mut all = registry.list_resources.iter();
        all.find(|lister| lister.type_name() == type_name)
            .cloned()
            .ok_or_else(|| registry.no_such("list resource", type_name))
    }
}
