//! States from earlier versions still load, and their plans are empty.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{PEM_FILES, certificate};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

const STATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/states");

pub(crate) fn of_every_version(cli: Cli) {
    let versions = directories(Path::new(STATES));
    assert!(!versions.is_empty());
    for version in versions {
        let mut planned = 0;
        for state in directories(&version) {
            // A state names the default registry of the CLI that wrote it.
            let text = fs::read_to_string(state.join("terraform.tfstate")).unwrap();
            if text.contains(cli.registry()) {
                plans_to_nothing(cli, &version, &state, &text);
                planned += 1;
            }
        }
        assert!(
            planned > 0,
            "{} has no state of {}",
            version.display(),
            cli.registry()
        );
    }
}

fn plans_to_nothing(cli: Cli, version: &Path, state: &Path, text: &str) {
    let mut scenario = Scenario::start(cli);
    for file in PEM_FILES {
        scenario.workspace.write(file, &certificate(file));
    }
    scenario.workspace.remove("provider.tf");
    scenario.configure(&fs::read_to_string(version.join("main.tf")).unwrap());
    scenario.workspace.write("terraform.tfstate", text);
    let connectors = fs::read_to_string(state.join("connectors.json")).unwrap();
    let connectors: Value = serde_json::from_str(&connectors).unwrap();
    for connector in connectors.as_array().unwrap() {
        scenario
            .sandbox
            .put_connector(connector["name"].as_str().unwrap(), stored(connector));
    }
    // An account filled now would stamp every secret as changed now.
    let recorded = on("GET", "/connectors").always();
    scenario
        .sandbox
        .fault(recorded.answers_with(200, connectors));
    scenario
        .run(&["plan", "-detailed-exitcode"])
        .succeeded()
        .says_nothing_of("Warning:");
    scenario
        .run(&["plan", "-detailed-exitcode", "-refresh=false"])
        .succeeded();
    scenario.finish();
}

/// Converts a connector from the API's list to the sandbox's form.
fn stored(listed: &Value) -> Value {
    let tags = listed["tags"].as_array().unwrap().iter();
    serde_json::json!({
        "type": listed["type"],
        "passthrough": listed["passthrough"],
        "tags": tags.map(|tag| tag["id"].clone()).collect::<Value>(),
        "options": listed["options"],
    })
}

fn directories(parent: &Path) -> Vec<PathBuf> {
    let entries = parent
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}
