//! `timeouts`: an API that never answers does not block Terraform beyond the limit.

use super::deletion::with_time;
use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

pub(crate) fn of_create(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&with_time("create", "1s"));
    scenario.plan();
    scenario
        .sandbox
        .fault(on("POST", "/connectors").always().hangs_before());
    scenario
        .run(&["apply", "plan.bin"])
        .failed()
        .says("Could not create connector `fleet`: the operation timed out")
        .says("`timeouts`")
        .says("`POST /connectors`");
    scenario.sandbox.clear_faults();
    scenario.apply();
    scenario.finish();
}

/// The provider checks the result of the POST even after the time limit: an existing connector must
/// be in the state.
pub(crate) fn of_create_that_was_carried_out(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&with_time("create", "1s"));
    scenario.plan();
    scenario
        .sandbox
        .fault(on("POST", "/connectors").hangs_after());
    scenario.apply_plan();
    assert_eq!(scenario.sandbox.requests().count("POST", "*"), 1);
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    scenario.finish();
}

pub(crate) fn of_update(cli: Cli) {
    let mut scenario = Scenario::applied(cli, &with_time("update", "1s"));
    scenario.edit("/messages", "/other");
    scenario.plan();
    scenario
        .sandbox
        .fault(on("PATCH", "/connectors/fleet").always().hangs_before());
    scenario
        .run(&["apply", "plan.bin"])
        .failed()
        .says("Could not update connector `fleet`")
        .says("The change may have been made. Increase the value in `timeouts`")
        .says("`timeouts`")
        .says("`PATCH /connectors/fleet`");
    scenario.sandbox.clear_faults();
    scenario.apply_in_place(&["https.host"]);
    scenario.finish();
}

pub(crate) fn of_read(cli: Cli) {
    let scenario = Scenario::applied(cli, &with_time("read", "1s"));
    scenario
        .sandbox
        .fault(on("GET", "/connectors").always().hangs_before());
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not read connector `fleet`")
        .says("`timeouts`")
        .says("`GET /connectors`");
    scenario.sandbox.clear_faults();
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    scenario.finish();
}

pub(crate) fn of_delete(cli: Cli) {
    let scenario = Scenario::applied(cli, &with_time("delete", "1s"));
    scenario
        .sandbox
        .fault(on("DELETE", "/connectors/fleet").always().hangs_before());
    scenario
        .run(&["destroy", "-auto-approve"])
        .failed()
        .says("Could not delete connector `fleet`")
        .says("`timeouts`");
    scenario.sandbox.clear_faults();
    scenario.finish();
}

/// Only the state holds a limit: changing one sends nothing.
pub(crate) fn changed(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.forget_requests();
    scenario.configure(&with_time("create", "5m"));
    scenario.apply();
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}
