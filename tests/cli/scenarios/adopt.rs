//! `examples/terraform/adopt/`, following its README.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::query;
use crate::cli::Cli;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// With `terraform query`.
pub(crate) fn with_query(cli: Cli) {
    adopt(cli, ".", "## With Terraform 1.14 or later");
}

/// With import blocks made from the data source.
pub(crate) fn with_import_blocks(cli: Cli) {
    adopt(
        cli,
        "import-blocks",
        "## With Terraform 1.6 to 1.13, or OpenTofu",
    );
}

/// Adopts all supported connectors with one apply that writes nothing.
fn adopt(cli: Cli, directory: &str, section: &str) {
    let scenario = query::account(cli);
    let beta = json!({"type": "mqtt_beta", "options": {"topic": "up"}});
    scenario.sandbox.put_connector("beta", beta);
    // A name that no new connector can have.
    let https =
        json!({"name": "1st", "type": "https", "options": {"host": "https://a.example.com"}});
    scenario.create_by_hand(&https);
    scenario.sandbox.forget_requests();
    let example = Path::new(ROOT).join("examples/terraform/adopt");
    for file in files(&example.join(directory)) {
        scenario.workspace.copy(&file);
    }

    let readme = std::fs::read_to_string(example.join("README.md")).unwrap();
    let mut said = None;
    for command in commands(&readme, section) {
        said = Some(scenario.workspace.shell(&command).succeeded());
    }
    let said = said.unwrap();
    said.says("5 to import, 0 to add, 0 to change, 0 to destroy");
    assert!(scenario.sandbox.requests().only_read());
    scenario.expect_no_changes();

    scenario.sandbox.remove_connector("beta");
    scenario.finish();
}

/// The guide has the same steps as the walk-through.
pub(crate) fn the_guide_is_the_walk_through() {
    let read = |file: &str| std::fs::read_to_string(Path::new(ROOT).join(file)).unwrap();
    let guide = read("docs/guides/adopting-an-account.md");
    let readme = read("examples/terraform/adopt/README.md");
    for section in [
        "## With Terraform 1.14 or later",
        "## With Terraform 1.6 to 1.13, or OpenTofu",
    ] {
        assert_eq!(commands(&guide, section), commands(&readme, section));
    }
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = directory.read_dir().unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "tf" || extension == "hcl")
        })
        .collect()
}

/// The shell commands in a section.
fn commands(text: &str, section: &str) -> Vec<String> {
    let (_, rest) = text.split_once(&format!("{section}\n")).unwrap();
    let section = rest.split("\n## ").next().unwrap();
    let blocks = section.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split_once("```").unwrap().0);
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}
