//! An apply of many slow creates that does not come to its end. Afterwards the user applies again,
//! and imports what the CLI says to import: each connector is there, and there once.

use crate::cli::Cli;
use crate::outcome::Outcome;
use crate::running::Running;
use crate::scenario::Scenario;
use crate::support::sandbox::{Sandbox, on};

/// Several times what a CLI makes at once, so that some are still to be made when something happens.
const COUNT: usize = 30;

/// Of the requests that the CLI sends at once, so many have come when something happens.
const UNDER_WAY: usize = 4;

/// Ctrl-C: what was sent comes to its end and into the state, nothing else begins, and nothing waits.
pub(crate) fn ctrl_c(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    applying.interrupt();
    let outcome = applying.outcome().failed();
    finish_without_losses(scenario, outcome.says("Gracefully shutting down"));
}

/// A CI runner cancels the job, with SIGTERM for every process of it.
pub(crate) fn job_cancelled(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    applying.terminate();
    let outcome = applying.outcome().failed();
    finish_without_losses(scenario, outcome.says("Gracefully shutting down"));
}

/// Somebody ends the provider alone, politely: it does not hold out, and loses nothing.
pub(crate) fn provider_terminated(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    let provider = applying.provider();
    provider.terminate();
    let outcome = applying.outcome().failed();
    provider.ends();
    finish_without_losses(scenario, outcome.says("interrupted"));
}

/// What was made is in the state, and the next apply makes the rest.
fn finish_without_losses(scenario: Scenario, outcome: Outcome) {
    outcome.says_nothing_of("did not respond");
    let account = scenario.sandbox.state();
    assert!(account.names().len() < COUNT, "{:?}", account.names());
    assert_eq!(sorted(account.names()), names_in_state(&scenario));
    scenario.sandbox.clear_faults();
    assert_eq!(recover(&scenario), 0, "nothing was lost");
    assert_eq!(scenario.sandbox.requests().count("POST", "*"), COUNT);
    scenario.finish();
}

/// Ctrl-C while every request waits for the rate limit: nobody waits for the minute to pass.
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

/// A second Ctrl-C: the CLI waits for nothing, not even for what was sent.
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

/// The provider dies: the CLI says so, and keeps what it was told until then.
pub(crate) fn provider_killed(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    applying.provider().kill();
    // The call did not get an answer, or was cancelled: whether the CLI notices the closed connection
    // first or the end of the process.
    applying
        .outcome()
        .failed()
        .says("GRPCProvider).ApplyResourceChange");
    finish_with_losses(scenario);
}

/// The CLI dies: the provider does not stay behind.
pub(crate) fn cli_killed(cli: Cli) {
    let (scenario, applying) = slow_apply(cli, 1500);
    let provider = applying.provider();
    applying.kill();
    provider.ends();
    finish_with_losses(scenario);
}

/// The API goes away and comes back: answers are lost, and nothing of it is to be seen.
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

/// An apply whose creates are carried out at once and answered late; some are under way.
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

/// What was sent could not reach the state: the user finds it again.
#[track_caller]
fn finish_with_losses(scenario: Scenario) {
    scenario.sandbox.clear_faults();
    assert!(recover(&scenario) > 0, "nothing was lost");
    scenario.finish();
}

/// Applies until all is well, importing what an apply says exists already; tells how many that were.
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
