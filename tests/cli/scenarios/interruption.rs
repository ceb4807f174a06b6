//! An apply of many slow creates is interrupted. Afterwards, the user applies again and imports the
//! connectors that the CLI names. Each connector then exists once.

use crate::cli::Cli;
use crate::outcome::Outcome;
use crate::running::Running;
use crate::scenario::Scenario;
use crate::support::sandbox::{Sandbox, on};

/// Several times the CLI's parallelism, so that some creates have not started at the interruption.
const COUNT: usize = 30;

/// This many of the concurrent requests have arrived when the interruption happens.
const UNDER_WAY: usize = 4;

/// Ctrl-C: requests that were sent finish and reach the state. Nothing else starts, and nothing
/// waits.
pub(crate) fn ctrl_c(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    applying.interrupt();
    let outcome = applying.outcome().failed();
    finish_without_losses(scenario, outcome.says("Gracefully shutting down"));
}

/// A CI runner cancels the job and sends SIGTERM to all of its processes.
pub(crate) fn job_cancelled(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    applying.terminate();
    let outcome = applying.outcome().failed();
    finish_without_losses(scenario, outcome.says("Gracefully shutting down"));
}

/// SIGTERM to the provider alone: it ends and loses nothing.
pub(crate) fn provider_terminated(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    let provider = applying.provider();
    provider.terminate();
    let outcome = applying.outcome().failed();
    provider.ends();
    finish_without_losses(scenario, outcome.says("interrupted"));
}

/// The finished creates are in the state, and the next apply creates the rest.
fn finish_without_losses(scenario: Scenario, outcome: Outcome) {
    outcome.says_nothing_of("Plugin did not respond");
    let account = scenario.sandbox.state();
    assert!(account.names().len() < COUNT, "{:?}", account.names());
    assert_eq!(sorted(account.names()), names_in_state(&scenario));
    scenario.sandbox.clear_faults();
    assert_eq!(recover(&scenario), 0, "nothing was lost");
    assert_eq!(scenario.sandbox.requests().count("POST", "*"), COUNT);
    scenario.finish();
}

/// Ctrl-C while every request waits for the rate limit: the command does not wait for the minute to
/// pass.
pub(crate) fn ctrl_c_in_a_wait(cli: Cli) {
    let scenario = configured(cli);
    let limited = on("POST", "/connectors").always().answers(429);
    scenario.sandbox.fault(limited.header("retry-after", "240"));
    let applying = scenario.start_apply();
    scenario
        .sandbox
        .eventually("a create is refused", |sandbox| {
            sandbox
                .requests()
                .lines()
                .contains(&"POST /connectors 429".to_owned())
        });
    applying.interrupt();
    applying
        .outcome()
        .failed()
        .says("interrupted")
        .says("too many requests");
    scenario.sandbox.clear_faults();
    assert_eq!(recover(&scenario), 0, "nothing was made");
    scenario.finish();
}

/// After a second Ctrl-C, the CLI waits for nothing, not even for requests that were sent.
pub(crate) fn second_ctrl_c(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 60_000);
    let provider = applying.provider();
    applying.interrupt();
    applying.has_said("Gracefully shutting down");
    applying.interrupt();
    applying.outcome().failed().says("Two interrupts received");
    provider.ends();
    finish_with_losses(scenario);
}

/// If the provider dies, the CLI reports it and keeps the results that it already has.
pub(crate) fn provider_killed(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    applying.provider().kill();
    // The message depends on what the CLI notices first: the closed connection or the end of the
    // process.
    applying
        .outcome()
        .failed()
        .says("GRPCProvider).ApplyResourceChange");
    finish_with_losses(scenario);
}

/// If the CLI dies, the provider ends too.
pub(crate) fn cli_killed(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    let provider = applying.provider();
    applying.kill();
    provider.ends();
    finish_with_losses(scenario);
}

/// The API restarts: responses are lost, but the user sees nothing of it.
pub(crate) fn api_restarted(cli: Cli) {
    let (mut scenario, applying) = slow_apply(cli, 1500);
    scenario.sandbox.restart();
    applying.outcome().succeeded();
    scenario.expect_no_changes();
    assert_eq!(recover(&scenario), 0, "nothing was lost");
    scenario.finish();
}

fn configured(cli: Cli) -> Scenario {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&format!(
        r#"
resource "onomondo_connector" "test" {{
  count = {COUNT}
  name  = "fleet-${{count.index}}"
  https = {{ host = "https://ingest.example.com/${{count.index}}" }}
}}
"#
    ));
    scenario
}

/// Starts an apply whose creates are carried out at once but answered late. Some are under way.
fn slow_apply(cli: Cli, milliseconds: u64) -> (Scenario, Running) {
    let scenario = configured(cli);
    let late = on("POST", "/connectors")
        .always()
        .delays_answer(milliseconds);
    scenario.sandbox.fault(late);
    let applying = scenario.start_apply();
    let under_way = |sandbox: &Sandbox| sandbox.state().names().len() >= UNDER_WAY;
    scenario
        .sandbox
        .eventually("creates are under way", under_way);
    (scenario, applying)
}

/// Finished creates could not reach the state. The user imports them.
#[track_caller]
fn finish_with_losses(scenario: Scenario) {
    scenario.sandbox.clear_faults();
    assert!(recover(&scenario) > 0, "nothing was lost");
    scenario.finish();
}

/// Applies until it succeeds, and imports connectors that an apply reports as existing. Returns
/// their number.
#[track_caller]
fn recover(scenario: &Scenario) -> usize {
    let again = scenario.run(&["apply", "-auto-approve"]);
    let said = format!("{}{}", again.stdout, again.stderr);
    let lost: Vec<_> = (0..COUNT)
        .filter(|index| said.contains(&format!("Error: Connector `fleet-{index}` exists already")))
        .collect();
    if lost.is_empty() {
        again.succeeded();
    } else {
        again.failed().says("import {");
        let blocks = lost.iter().map(|index| {
            format!(
                "import {{\n  to = onomondo_connector.test[{index}]\n  id = \"fleet-{index}\"\n}}\n"
            )
        });
        scenario
            .workspace
            .write("import.tf", &blocks.collect::<String>());
        scenario.apply();
    }
    let account = scenario.sandbox.state();
    let all: Vec<_> = (0..COUNT).map(|index| format!("fleet-{index}")).collect();
    assert_eq!(
        sorted(account.names()),
        sorted(all.iter().map(String::as_str).collect())
    );
    assert_eq!(sorted(account.names()), names_in_state(scenario));
    lost.len()
}

fn names_in_state(scenario: &Scenario) -> Vec<String> {
    let instances = scenario.instances();
    sorted(
        instances
            .iter()
            .filter_map(|it| it["name"].as_str())
            .collect(),
    )
}

fn sorted(names: Vec<&str>) -> Vec<String> {
    let mut names: Vec<_> = names.into_iter().map(str::to_owned).collect();
    names.sort();
    names
}
