//! Renames that do not come out as asked.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// Onomondo's schema of PATCH does not list `name`: an API that takes it and keeps the old one has
/// not renamed anything, and the state must not say so.
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

/// Neither connector is touched.
pub(crate) fn onto_another_connector(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.create_by_hand(&json!({
        "name": "fleet-2", "type": "https", "options": {"host": "https://example.com"},
    }));
    scenario.edit("\"fleet\"", "\"fleet-2\"");
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not update connector `fleet`")
        .says("there is a connector `fleet-2` already")
        .says("status 409")
        .says("Another connector has the new name")
        .says_nothing_of("import {");
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    assert_eq!(scenario.sandbox.state().names(), ["fleet", "fleet-2"]);

    scenario.sandbox.remove_connector("fleet-2");
    scenario.apply_in_place(&["name"]);
    scenario.finish();
}
