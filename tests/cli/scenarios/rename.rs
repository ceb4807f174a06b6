//! Renames with unexpected results.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

/// Onomondo's schema of PATCH does not list `name`. An API that accepts it may keep the old name.
/// The state must then not hold the new one.
pub(crate) fn ignored(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.quirk("ignore_rename");
    scenario.edit("\"fleet\"", "\"fleet-2\"");
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("did not rename connector `fleet`")
        .says("`fleet-2`")
        .says("Set `name` back to `fleet`");
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    scenario.plan_in_place(&["name"]);

    scenario.edit("\"fleet-2\"", "\"fleet\"");
    scenario.finish();
}

/// Neither connector is changed, although this API would let one replace the other.
pub(crate) fn onto_another_connector(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.quirk("overwrite");
    scenario.create_by_hand(&json!({
        "name": "fleet-2", "type": "https", "options": {"host": "https://example.com"},
    }));
    scenario.edit("\"fleet\"", "\"fleet-2\"");
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not update connector `fleet`: the new name is taken")
        .says("A connector named `fleet-2` already exists")
        .says("Another connector has the new name")
        .says_nothing_of("import {");
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    assert_eq!(scenario.sandbox.state().names(), ["fleet", "fleet-2"]);

    scenario.sandbox.remove_connector("fleet-2");
    scenario.apply_in_place(&["name"]);
    scenario.finish();
}

/// The PATCH may have been carried out. The error says that first, then that the list failed.
pub(crate) fn lost_and_not_to_be_looked_up(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.edit("\"fleet\"", "\"fleet-2\"");
    scenario.plan_in_place(&["name"]);
    scenario
        .sandbox
        .fault(on("PATCH", "/connectors/fleet").resets_after());
    // The first list checks whether the new name is free.
    let list = on("GET", "/connectors").nth(2);
    scenario.sandbox.fault(list.always().answers(403));
    scenario
        .run(&["apply", "plan.bin"])
        .failed()
        .says("Could not update connector `fleet`: the outcome is unknown")
        .says("`PATCH /connectors/fleet`, status 404")
        .says("the change may have been made");
    scenario.sandbox.clear_faults();
    assert_eq!(scenario.sandbox.state().names(), ["fleet-2"]);

    // The state has the old name, so the plan finds no such connector and warns about the new one.
    scenario
        .plan()
        .says("Connector `fleet-2` exists already")
        .says("import {");
    scenario.configure(&format!(
        "{}\nimport {{\n  to = {TEST}\n  id = \"fleet-2\"\n}}\n",
        HTTPS.replace("\"fleet\"", "\"fleet-2\"")
    ));
    scenario
        .run(&["apply", "-refresh-only", "-auto-approve"])
        .succeeded();
    scenario.apply();
    scenario.finish();
}
