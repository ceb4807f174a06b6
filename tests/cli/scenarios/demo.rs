//! `make demo`.

use std::path::Path;
use std::process::Command;

use crate::cli::Cli;
use crate::outcome::Outcome;

pub(crate) fn runs_to_its_end(cli: Cli) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/demo.py");
    let programs = Path::new(env!("CARGO_BIN_EXE_onomondo-sandbox"))
        .parent()
        .unwrap();
    let output = Command::new("python3")
        .arg(script)
        .env("TERRAFORM", cli.executable())
        // Building the programs here would replace them while other tests use them.
        .env("DEMO_PROGRAMS", programs)
        .output()
        .unwrap();
    Outcome::new("demo.py".to_owned(), &output)
        .succeeded()
        .says("==> Done");
}
