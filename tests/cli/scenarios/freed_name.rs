//! Names that pass from one connector to another in one apply. The CLI runs both changes
//! concurrently, in any order.

use super::sim_mappings::{fleet, with_sims};
use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

/// A resource gets another address without a `moved` block.
pub(crate) fn at_another_address(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.edit("\"test\"", "\"other\"");
    for arguments in [&["plan"][..], &["plan", "-refresh=false"]] {
        scenario
            .run(arguments)
            .succeeded()
            .says_nothing_of("exists already");
    }
    let delete = on("DELETE", "/connectors/fleet");
    scenario.sandbox.fault(delete.delays(2000));
    scenario.apply();
    assert_eq!(scenario.sandbox.state().names(), ["fleet"]);
    scenario.finish();
}

/// The CLI deletes the connector only after its SIMs are unmapped, which takes a while.
pub(crate) fn after_its_sims(cli: Cli) {
    let mut scenario = with_sims(cli, 1);
    scenario.configure(&format!("{HTTPS}{}", fleet(&[1])));
    scenario.apply();
    let others = format!("{HTTPS}{}", fleet(&[1]));
    let others = others.replace("\"test\"", "\"other\"");
    scenario.configure(&others.replace("onomondo_connector.test", "onomondo_connector.other"));
    let unmap = on("PATCH", "/sims/*");
    scenario.sandbox.fault(unmap.delays(4000));
    scenario.apply();
    let state = scenario.sandbox.state();
    assert_eq!(
        (state.names(), state.mapped_sims("fleet")),
        (vec!["fleet"], 1)
    );
    scenario.finish();
}

/// The API notices late that the name is free.
pub(crate) fn by_a_replacement(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    let replace = format!("-replace={TEST}");
    for arguments in [
        &["plan", &replace][..],
        &["plan", "-refresh=false", &replace],
    ] {
        scenario
            .run(arguments)
            .succeeded()
            .says_nothing_of("exists already");
    }
    scenario
        .sandbox
        .fault(on("POST", "/connectors").times(2).conflicts());
    scenario
        .run(&["apply", "-auto-approve", &replace])
        .succeeded();
    assert_eq!(scenario.sandbox.state().faults_left(), 0);
    scenario.finish();
}

/// Onomondo allows each name once, so the new connector cannot come first.
pub(crate) fn by_a_replacement_that_creates_first(cli: Cli) {
    let lifecycle = "lifecycle {\n    create_before_destroy = true\n  }\n\n  https = {";
    let mut scenario = Scenario::applied(cli, &HTTPS.replace("https = {", lifecycle));
    scenario
        .run(&["apply", "-auto-approve", &format!("-replace={TEST}")])
        .failed()
        .says("Connector `fleet` exists already")
        .says(
            "If this apply replaces the connector with `create_before_destroy`, do not import it",
        );
    assert_eq!(scenario.sandbox.state().names(), ["fleet"]);
    scenario.configure(HTTPS);
    scenario.finish();
}

/// A `count` over a list that loses its first element: the others pass their names on.
pub(crate) fn along_a_list(cli: Cli) {
    let mut scenario = Scenario::applied(cli, COUNT);
    scenario.edit("\"aaa\", ", "");
    scenario.sandbox.forget_requests();
    scenario.apply();
    let state = scenario.sandbox.state();
    let mut names = state.names();
    names.sort_unstable();
    assert_eq!(names, ["bbb", "ccc", "ddd"]);
    let requests = scenario.sandbox.requests();
    assert_eq!(requests.with_outcome("PATCH", "200"), 3);
    assert_eq!(requests.with_outcome("PATCH", "409"), 0);
    scenario.finish();
}

/// The CLI makes ten changes at a time, so all of these may wait for changes that it has not
/// started.
pub(crate) fn along_a_long_list(cli: Cli) {
    let names: Vec<_> = (10..25)
        .map(|number| format!("\"fleet-{number}\""))
        .collect();
    let list = names.join(", ");
    let config = COUNT.replace(r#""aaa", "bbb", "ccc", "ddd""#, &list);
    let mut scenario = Scenario::applied(cli, &config);
    scenario.edit("\"fleet-10\", ", "");
    // The first apply may fail for some of them, and makes enough progress for the second one.
    scenario.run(&["apply", "-auto-approve"]);
    scenario.apply();
    scenario.expect_no_changes();
    assert_eq!(scenario.sandbox.state().names().len(), 14);
    scenario.finish();
}

/// Each one waits for the other. The provider detects that and changes neither.
pub(crate) fn in_a_swap(cli: Cli) {
    let two = COUNT.replace(r#"["aaa", "bbb", "ccc", "ddd"]"#, r#"["aaa", "bbb"]"#);
    let mut scenario = Scenario::applied(cli, &two);
    scenario.edit(r#"["aaa", "bbb"]"#, r#"["bbb", "aaa"]"#);
    scenario.sandbox.forget_requests();
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not update connector `aaa`: the new name is taken")
        .says("Could not update connector `bbb`: the new name is taken")
        .says("set `-parallelism` to at least the number of these connectors")
        .says("To swap the names of two connectors, use a third name and two applies");
    assert!(scenario.sandbox.requests().only_read());
    scenario.edit(r#"["bbb", "aaa"]"#, r#"["aaa", "bbb"]"#);
    scenario.finish();
}

/// Connectors whose names come from a list.
const COUNT: &str = r#"
locals {
  names = ["aaa", "bbb", "ccc", "ddd"]
}

resource "onomondo_connector" "test" {
  count = length(local.names)
  name  = local.names[count.index]

  https = {
    host = "https://ingest.example.com/messages"
  }
}
"#;
