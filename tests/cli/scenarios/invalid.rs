//! Invalid configurations and an unusable API: the messages, and the lines that they point to.

use std::path::Path;

use super::{HTTPS, PEM_FILES, certificate};
use crate::cli::Cli;
use crate::diagnostics::{self, Diagnostic};
use crate::feature::WRITE_ONLY;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

const AT_VALIDATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/invalid/validate");
const AT_PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/invalid/plan");

/// Errors that the configuration alone shows, without a key and without a network.
pub(crate) fn at_validate(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    for file in PEM_FILES {
        scenario.workspace.write(file, &certificate(file));
    }
    check_each(&mut scenario, cli, AT_VALIDATE, |scenario| {
        diagnostics::of_validate(&scenario.workspace.run(&["validate", "-json"]).stdout)
    });
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}

/// Errors that show only with the values of variables, or of existing objects.
pub(crate) fn at_plan(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    check_each(&mut scenario, cli, AT_PLAN, |scenario| {
        diagnostics::of_plan(
            &scenario
                .workspace
                .run(&["plan", "-json", "-input=false"])
                .stdout,
        )
    });
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}

pub(crate) fn wrong_key(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&format!(
        "{HTTPS}\nprovider \"onomondo\" {{\n  api_key = \"onok_other.key\"\n}}\n"
    ));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("401")
        .says_nothing_of("onok_other.key");
    scenario.configure("");
    scenario.finish();
}

pub(crate) fn unreachable_api(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let provider =
        "provider \"onomondo\" {\n  base_url = \"http://127.0.0.1:1\"\n  max_retries = 0\n}\n";
    scenario.configure(&format!("{HTTPS}\n{provider}"));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("`base_url`");
    scenario.configure("");
    scenario.finish();
}

/// There is no upper bound for limits: a limit that is never reached has no effect.
pub(crate) fn limits_beyond_reason(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.provider(
        "request_timeout = \"5000000000000000h\"\nmax_retries = 1e30\nrequests_per_minute = 1e30",
    );
    scenario.configure(HTTPS);
    // Failed requests are repeated and counted.
    let fault = on("GET", "/connectors").answers(503);
    scenario.sandbox.fault(fault.header("retry-after", "0"));
    scenario.apply();
    scenario.expect_no_changes();
    scenario.finish();
}

/// Checks that every file causes exactly the promised diagnostics. Reports all differences.
fn check_each(
    scenario: &mut Scenario,
    cli: Cli,
    directory: &str,
    read: impl Fn(&Scenario) -> Vec<Diagnostic>,
) {
    let mut files: Vec<_> = Path::new(directory)
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files {
        let config = std::fs::read_to_string(&file).unwrap();
        if config.contains("_wo") && !WRITE_ONLY.is_in(cli) {
            continue; // see `old_cli`
        }
        scenario.configure(&config);
        let said = read(scenario);
        if let Err(difference) = diagnostics::compare(&diagnostics::promised(&config, cli), &said) {
            wrong.push(format!("{}:\n{difference}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    scenario.configure("");
}
