//! Every configuration in the documentation can be applied, and the documentation matches the
//! provider's description of itself.

mod page;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Trial;
use regex_lite::Regex;
use serde_json::json;

use self::page::{Block, Way};
use crate::cli::Cli;
use crate::feature::QUERY;
use crate::outcome::Outcome;
use crate::support::sandbox::{KEY, Sandbox};
use crate::workspace::Workspace;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The account that the pages use.
const ACCOUNT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/sandbox/account.json");

/// The CLI of every `make test`, and one more for `make test-matrix`.
const CLIS: [(Cli, bool); 2] = [
    (Cli::terraform("1.15.5"), true),
    (Cli::opentofu("1.12"), false),
];

/// A value that the pages leave to the reader. The others are files in `tests/data/certificates/`.
const CONNECTION_STRING: &str =
    "HostName=example.azure-devices.net;SharedAccessKeyName=onomondo;SharedAccessKey=ZXhhbXBsZQ==";

const REQUIRED_PROVIDERS: &str = "terraform {\n  required_providers {\n    onomondo = { source = \"onomondo/onomondo\" }\n  }\n}\n";

/// One trial for each page that has configurations.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        crate::trial("documentation::is_generated", is_generated),
        crate::trial("documentation::reads_every_block", page::reads_every_block),
    ];
    for page in pages() {
        let text = fs::read_to_string(Path::new(ROOT).join(&page)).unwrap();
        if page::blocks(&text).is_empty() {
            continue;
        }
        for (cli, is_everyday) in CLIS {
            let program = cli.name().to_lowercase();
            let version = cli.version.replace('.', "_");
            let name = format!("{program}_{version}::documentation::{}", page.display());
            let text = text.clone();
            let trial = crate::trial(&name, move || applies(cli, &text));
            trials.push(trial.with_ignored_flag(!is_everyday));
        }
    }
    trials
}

/// Runs `make docs-check`.
fn is_generated() {
    let programs = Path::new(env!("CARGO_BIN_EXE_onomondo-sandbox"));
    let output = Command::new("python3")
        .arg(Path::new(ROOT).join("scripts/docs.py"))
        .arg("check")
        .env("DEMO_PROGRAMS", programs.parent().unwrap())
        .output()
        .unwrap();
    Outcome::new("docs.py check".to_owned(), &output).succeeded();
}

/// Applies and destroys each configuration in its own account.
fn applies(cli: Cli, page: &str) {
    for blocks in page::configurations(page) {
        let sandbox = Sandbox::start_with(&["--api-key", KEY, "--seed", ACCOUNT]);
        let before = names(&sandbox);
        let workspace = workspace(cli, &sandbox);
        let mut present = Vec::new();
        for block in blocks {
            match &block.way {
                Way::InPlaceOfTheOneAbove => {
                    workspace.remove(&file(&present.pop().unwrap()));
                }
                Way::Moves(state) => move_from(cli, &sandbox, &workspace, state),
                _ => {}
            }
            workspace.write(&file(&block), &block.text);
            present.push(block);
            sandbox.forget_requests();
            apply(cli, &workspace, &present);
            let is_moved = present.iter().any(|block| block.has("moved {"));
            assert!(!is_moved || sandbox.requests().only_read());
        }
        for name in &before {
            sandbox.unmap_sims(name);
        }
        workspace
            .run_plain(&["destroy", "-auto-approve"])
            .succeeded();
        let left: Vec<_> = names(&sandbox).difference(&before).cloned().collect();
        assert!(left.is_empty(), "{left:?} is left");
    }
}

fn names(sandbox: &Sandbox) -> BTreeSet<String> {
    sandbox
        .state()
        .names()
        .into_iter()
        .map(str::to_owned)
        .collect()
}

/// A directory with the files that the pages rely on.
fn workspace(cli: Cli, sandbox: &Sandbox) -> Workspace {
    let mut workspace = Workspace::new(cli, sandbox);
    workspace.copy_tree(
        &Path::new(ROOT).join("examples/terraform/modules"),
        "modules",
    );
    let certificates = Path::new(ROOT).join("tests/data/certificates");
    for file in ["ca.pem", "client.pem", "client-key.pem"] {
        workspace.copy(&certificates.join(file));
    }
    let key = fs::read_to_string(certificates.join("client-key.pem")).unwrap();
    workspace.set_environment("TF_VAR_client_key", &key);
    workspace.set_environment("TF_VAR_connection_string", CONNECTION_STRING);
    workspace.set_environment("TF_VAR_nordics_api_key", KEY);
    workspace.set_environment("TF_VAR_iberia_api_key", KEY);
    workspace
}

/// The file of a block. Its name holds the line on the page, so that errors of the CLI show it.
fn file(block: &Block) -> String {
    let extension = if block.has("list ") {
        "tfquery.hcl"
    } else {
        "tf"
    };
    format!("line_{}.{extension}", block.line)
}

/// The parts that the blocks omit: the provider's address and the variables.
fn rest(blocks: &[Block]) -> String {
    let text: String = blocks.iter().map(|block| &*block.text).collect();
    let mut rest = String::new();
    if !text.contains("required_providers") {
        rest.push_str(REQUIRED_PROVIDERS);
    }
    let variable = Regex::new(r"\bvar\.(\w+)").unwrap();
    let used: BTreeSet<_> = variable
        .captures_iter(&text)
        .map(|found| format!("variable \"{}\" {{", &found[1]))
        .collect();
    for declaration in used {
        if !text.contains(&declaration) {
            rest = format!("{rest}\n{declaration}\n  type      = string\n  ephemeral = true\n}}\n");
        }
    }
    rest
}

/// Applies the blocks, then checks that the next plan is empty.
fn apply(cli: Cli, workspace: &Workspace, blocks: &[Block]) {
    workspace.write("rest.tf", &rest(blocks));
    workspace.run_plain(&["init"]).succeeded();
    workspace.run(&["fmt", "-check", "-diff"]).succeeded();
    let has = |start| blocks.iter().any(|block| block.has(start));
    if has("list ") && QUERY.is_in(cli) {
        workspace.run(&["query", "-no-color"]).succeeded();
    }
    if has("import {") && !has("resource ") {
        let generate = ["plan", "-generate-config-out=generated.tf"];
        workspace.run_plain(&generate).succeeded();
    }
    workspace.run_plain(&["apply", "-auto-approve"]).succeeded();
    let again = ["plan", "-detailed-exitcode"];
    workspace.run_plain(&again).succeeded();
}

/// Writes the state of a generic REST provider, and creates the connector in it.
fn move_from(cli: Cli, sandbox: &Sandbox, workspace: &Workspace, state: &str) {
    for source in ["mastercard/restapi", "magodo/restful"] {
        workspace.add_stand_in(source, "9.9.9");
    }
    let file = Path::new(ROOT).join(format!("tests/data/moved/{state}.tfstate"));
    let state = fs::read_to_string(file).unwrap();
    workspace.write(
        "terraform.tfstate",
        &state.replace("REGISTRY", cli.registry()),
    );
    let connector =
        json!({"type": "https", "options": {"host": "https://ingest.example.com/messages"}});
    sandbox.put_connector("fleet", connector);
}

/// All Markdown files for users, by their paths in the repository.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![PathBuf::from("README.md")];
    let mut directories = vec![PathBuf::from("docs"), PathBuf::from("examples")];
    while let Some(directory) = directories.pop() {
        for entry in Path::new(ROOT).join(&directory).read_dir().unwrap() {
            let path = directory.join(entry.unwrap().file_name());
            if Path::new(ROOT).join(&path).is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}
