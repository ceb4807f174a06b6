//! `examples/terraform/`: every folder applies unchanged, and the module's own tests pass.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::certificate;
use crate::cli::Cli;
use crate::feature::WRITE_ONLY;
use crate::support::sandbox::{KEY, PRODUCTION, SUPPLIER, Sandbox};
use crate::workspace::Workspace;

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/terraform");

/// Applies and destroys each folder.
pub(crate) fn apply(cli: Cli) {
    for folder in folders() {
        let config = fs::read_to_string(folder.join("main.tf")).unwrap();
        if config.contains("_wo ") && !WRITE_ONLY.is_in(cli) {
            continue;
        }
        let sandbox = Sandbox::start_with(&["--api-key", KEY]);
        for (id, tag) in [("000000001", SUPPLIER), ("000000002", PRODUCTION)] {
            sandbox.put_sim(id, json!({ "tags": [tag] }));
        }
        let workspace = inside(cli, &sandbox, folder.strip_prefix(EXAMPLES).unwrap());
        workspace.run_plain(&["apply", "-auto-approve"]).succeeded();
        let state = sandbox.state();
        assert_ne!(state.names(), Vec::<&str>::new(), "{}", folder.display());
        let names = state.names().into_iter();
        let mapped: usize = names.map(|name| state.mapped_sims(name)).sum();
        let maps = config.contains("\"onomondo_connector_sims\"");
        assert_eq!(mapped > 0, maps, "{}", folder.display());
        workspace
            .run_plain(&["plan", "-detailed-exitcode"])
            .succeeded();
        workspace
            .run_plain(&["destroy", "-auto-approve"])
            .succeeded();
        assert_eq!(
            sandbox.state().names(),
            Vec::<&str>::new(),
            "{}",
            folder.display()
        );
    }
}

/// `terraform test` creates connectors of each type and removes all of them.
pub(crate) fn module(cli: Cli) {
    let sandbox = Sandbox::start_with(&["--api-key", KEY]);
    let workspace = inside(cli, &sandbox, Path::new("modules/connector"));
    let said = workspace.run(&["test", "-no-color"]).succeeded();
    let tests = workspace.path("tests").read_dir().unwrap();
    let runs = tests.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let runs: usize = runs.map(|text| text.matches("\nrun \"").count()).sum();
    said.says(&format!("{runs} passed, 0 failed"));
    assert_eq!(sandbox.requests().bodies("POST", "/connectors").len(), 1);
    assert_eq!(sandbox.state().names(), Vec::<&str>::new());
}

/// `terraform fmt` changes nothing, not even the snippets of the documentation.
pub(crate) fn are_formatted(cli: Cli) {
    let sandbox = Sandbox::start_with(&["--api-key", KEY]);
    let mut workspace = Workspace::new(cli, &sandbox);
    workspace.copy_tree(Path::new(EXAMPLES).parent().unwrap(), "examples");
    workspace.enter("examples");
    workspace
        .run(&["fmt", "-check", "-diff", "-recursive"])
        .succeeded();
}

/// All folders that can be applied.
fn folders() -> Vec<PathBuf> {
    let entries = Path::new(EXAMPLES).read_dir().unwrap();
    let mut folders: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("main.tf").exists());
    folders.sort();
    folders
}

/// Copies the examples, with the CLI in `folder` and everything it needs besides the API.
fn inside(cli: Cli, sandbox: &Sandbox, folder: &Path) -> Workspace {
    let mut workspace = Workspace::new(cli, sandbox);
    workspace.copy_tree(Path::new(EXAMPLES), "examples");
    workspace.enter(Path::new("examples").join(folder));
    workspace.set_environment("TF_VAR_client_key", &certificate("client-key.pem"));
    let connection_string =
        "HostName=a.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=YWFh";
    workspace.set_environment("TF_VAR_connection_string", connection_string);
    workspace.run_plain(&["init"]).succeeded();
    workspace
}
