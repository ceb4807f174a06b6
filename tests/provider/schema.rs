//! The provider's description of itself.

use std::collections::BTreeSet;

use onomondo_provider::protocol::tfplugin6::{
    self, get_metadata, get_provider_schema, get_resource_identity_schemas, schema::Attribute,
};

use crate::client::{CONNECTOR, CONNECTOR_SIMS, Provider};

pub(crate) async fn schema() -> get_provider_schema::Response {
    let mut provider = Provider::start().await;
    let request = get_provider_schema::Request {};
    provider
        .rpc
        .get_provider_schema(request)
        .await
        .unwrap()
        .into_inner()
}

/// Every attribute, nested ones included, with its path.
pub(crate) fn attributes(schema: &tfplugin6::Schema) -> Vec<(String, &Attribute)> {
    fn walk<'a>(prefix: &str, attributes: &'a [Attribute], all: &mut Vec<(String, &'a Attribute)>) {
        for attribute in attributes {
            let path = format!("{prefix}{}", attribute.name);
            if let Some(nested) = &attribute.nested_type {
                walk(&format!("{path}."), &nested.attributes, all);
            }
            all.push((path, attribute));
        }
    }
    let mut all = Vec::new();
    walk("", &schema.block.as_ref().unwrap().attributes, &mut all);
    all
}

/// One line for each attribute: the contract with all existing configurations.
fn lines(schema: &tfplugin6::Schema) -> String {
    let line = |(path, attribute): (String, &Attribute)| {
        let flags = [
            ("required", attribute.required),
            ("optional", attribute.optional),
            ("computed", attribute.computed),
            ("sensitive", attribute.sensitive),
            ("write-only", attribute.write_only),
        ];
        let flags: Vec<_> = flags
            .into_iter()
            .filter(|(_, on)| *on)
            .map(|(flag, _)| flag)
            .collect();
        let ty = match &attribute.nested_type {
            Some(nested) => nested.nesting().as_str_name().to_lowercase(),
            None => String::from_utf8(attribute.r#type.clone()).unwrap(),
        };
        format!("{path}: {ty} {}", flags.join(", "))
    };
    let lines = attributes(schema).into_iter().map(line);
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_schema_is_the_contract() {
    let schema = schema().await;
    let resource = &schema.resource_schemas[CONNECTOR];
    insta::assert_snapshot!("provider", lines(schema.provider.as_ref().unwrap()));
    insta::assert_snapshot!("connector", lines(resource));
    let sims = &schema.resource_schemas[CONNECTOR_SIMS];
    insta::assert_snapshot!("connector_sims", lines(sims));
    let list = &schema.list_resource_schemas[CONNECTOR];
    insta::assert_snapshot!("connector_list", lines(list));
    assert_eq!((resource.version, sims.version), (0, 0));
    let data_source = |name: &str| lines(&schema.data_source_schemas[name]);
    insta::assert_snapshot!("data_connector", data_source(CONNECTOR));
    insta::assert_snapshot!("data_connectors", data_source("onomondo_connectors"));
    insta::assert_snapshot!("data_sims", data_source("onomondo_sims"));
    insta::assert_snapshot!("data_tag", data_source("onomondo_tag"));
    insta::assert_snapshot!("data_tags", data_source("onomondo_tags"));
}

/// Otherwise Terraform crashes or refuses the provider.
#[tokio::test]
async fn the_schema_is_one_that_every_cli_loads() {
    let schema = schema().await;
    let resources = schema.resource_schemas.values();
    for (_, attribute) in resources
        .chain(schema.data_source_schemas.values())
        .flat_map(attributes)
    {
        assert!(attribute.required || attribute.optional || attribute.computed);
        assert!(!(attribute.required && (attribute.optional || attribute.computed)));
        assert_ne!(attribute.r#type.is_empty(), attribute.nested_type.is_none());
    }
    let capabilities = schema.server_capabilities.unwrap();
    assert!(capabilities.plan_destroy && capabilities.get_provider_schema_optional);
    assert!(capabilities.move_resource_state && capabilities.generate_resource_config);
}

/// The documentation is made from the descriptions.
#[tokio::test]
async fn everything_is_described() {
    let schema = schema().await;
    let all = schema.resource_schemas.values().chain(&schema.provider);
    let all = all.chain(schema.data_source_schemas.values());
    for schema in all.chain(schema.list_resource_schemas.values()) {
        assert_ne!(schema.block.as_ref().unwrap().description, "");
        for (path, attribute) in attributes(schema) {
            assert!(
                attribute.description.ends_with('.'),
                "{path}: {}",
                attribute.description
            );
        }
    }
}

#[tokio::test]
async fn metadata_schemas_and_identities_name_the_same() {
    let mut provider = Provider::start().await;
    let metadata = provider
        .rpc
        .get_metadata(get_metadata::Request {})
        .await
        .unwrap()
        .into_inner();
    let names: Vec<_> = metadata
        .resources
        .iter()
        .map(|resource| &resource.type_name)
        .collect();
    assert_eq!(names, [CONNECTOR, CONNECTOR_SIMS]);
    let [list] = &metadata.list_resources[..] else {
        panic!("{metadata:?}")
    };
    assert_eq!(list.type_name, CONNECTOR);
    let sources = metadata.data_sources.into_iter();
    let sources: BTreeSet<_> = sources.map(|source| source.type_name).collect();
    let schemas = schema().await.data_source_schemas;
    assert_eq!(sources, schemas.into_keys().collect());

    let request = get_resource_identity_schemas::Request {};
    let identities = provider
        .rpc
        .get_resource_identity_schemas(request)
        .await
        .unwrap()
        .into_inner();
    // `onomondo_connector_sims` has no identity: two resources may share a connector.
    assert_eq!(identities.identity_schemas.len(), 1);
    let identity = &identities.identity_schemas[CONNECTOR];
    assert_eq!(identity.version, 0);
    let [name] = &identity.identity_attributes[..] else {
        panic!("{identity:?}")
    };
    assert!(name.name == "name" && name.required_for_import);
}
