//! Describes the provider: schemas, metadata, capabilities.

use super::registry::Registry;
use crate::protocol::tfplugin6::{
    ServerCapabilities, get_metadata, get_provider_schema, get_resource_identity_schemas,
};

/// The capabilities that the CLI may rely on. Claiming one without its RPC would cause an error, so
/// each is true only if the RPC is implemented.
fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        plan_destroy: true,
        get_provider_schema_optional: true,
        move_resource_state: true,
        generate_resource_config: true,
    }
}

pub(super) fn provider_schema<C: Send>(registry: &Registry<C>) -> get_provider_schema::Response {
    let resources = registry.resources.iter();
    let sources = registry.data_sources.iter();
    let listers = registry.list_resources.iter();
    get_provider_schema::Response {
        provider: Some(registry.provider.schema().to_proto()),
        resource_schemas: resources
            .map(|resource| {
                (
                    resource.type_name().to_owned(),
                    resource.schema().to_proto(),
                )
            })
            .collect(),
        data_source_schemas: sources
            .map(|source| (source.type_name().to_owned(), source.schema().to_proto()))
            .collect(),
        list_resource_schemas: listers
            .map(|lister| (lister.type_name().to_owned(), lister.schema().to_proto()))
            .collect(),
        server_capabilities: Some(capabilities()),
        ..Default::default()
    }
}

pub(super) fn identity_schemas<C: Send>(
    registry: &Registry<C>,
) -> get_resource_identity_schemas::Response {
    let resources = registry.resources.iter();
    get_resource_identity_schemas::Response {
        identity_schemas: resources
            .filter_map(|resource| {
                let identity = resource.identity()?.to_proto();
                Some((resource.type_name().to_owned(), identity))
            })
            .collect(),
        ..Default::default()
    }
}

pub(super) fn metadata<C: Send>(registry: &Registry<C>) -> get_metadata::Response {
    let resources = registry.resources.iter();
    let sources = registry.data_sources.iter();
    let listers = registry.list_resources.iter();
    get_metadata::Response {
        resources: resources
            .map(|resource| get_metadata::ResourceMetadata {
                type_name: resource.type_name().to_owned(),
            })
            .collect(),
        data_sources: sources
            .map(|source| get_metadata::DataSourceMetadata {
                type_name: source.type_name().to_owned(),
            })
            .collect(),
        list_resources: listers
            .map(|lister| get_metadata::ListResourceMetadata {
                type_name: lister.type_name().to_owned(),
            })
            .collect(),
        server_capabilities: Some(capabilities()),
        ..Default::default()
    }
}
