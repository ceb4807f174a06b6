//! Checks `docs/` against the schema where `tfplugindocs` is not available.

use std::{fs, path::Path};

use onomondo_provider::protocol::tfplugin6::Schema;

use crate::schema::{attributes, schema};

#[tokio::test]
async fn every_page_describes_each_attribute_as_the_schema_does() {
    let schema = schema().await;
    check("index.md", schema.provider.as_ref().unwrap());
    for (directory, schemas) in [
        ("resources", &schema.resource_schemas),
        ("data-sources", &schema.data_source_schemas),
        ("list-resources", &schema.list_resource_schemas),
    ] {
        for (name, schema) in schemas {
            let page = name.strip_prefix("onomondo_").unwrap();
            check(&format!("{directory}/{page}.md"), schema);
        }
        let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
        let pages = docs.join(directory).read_dir().unwrap().count();
        assert_eq!(pages, schemas.len(), "{directory}");
    }
}

/// Checks that the page has one line for each attribute and no others. `make docs` updates it.
#[track_caller]
fn check(page: &str, schema: &Schema) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(page);
    let text = fs::read_to_string(path).unwrap();
    let description = &schema.block.as_ref().unwrap().description;
    assert!(text.contains(description), "{page}: {description}");
    let (_, section) = text.split_once("\n## Schema\n").unwrap();
    let section = section.split("\n## ").next().unwrap();
    // Members of an object type, such as those of `meta`, have no description.
    let described = |line: &&str| line.starts_with("- `") && line.contains(") ");
    let lines: Vec<_> = section.lines().filter(described).collect();
    let attributes = attributes(schema);
    assert_eq!(lines.len(), attributes.len(), "{page}: {lines:#?}");
    for (path, attribute) in attributes {
        let beginning = format!("- `{}` (", attribute.name);
        let described = format!(") {}", attribute.description);
        let is_there = |line: &&str| line.starts_with(&beginning) && line.contains(&described);
        assert!(
            lines.iter().any(is_there),
            "{page}: `{path}` is not up to date"
        );
    }
}
