//! State commands move or remove an object without a change to the connector.

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// After `state mv` to another address, the plan is empty.
pub(crate) fn mv(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.edit("\"test\"", "\"other\"");
    let other = "onomondo_connector.other";
    scenario
        .workspace
        .run(&["state", "mv", TEST, other])
        .succeeded();
    assert_eq!(scenario.plan().change(other).actions(), ["no-op"]);
    scenario.finish();
}

/// After `state rm` and an import, the plan is empty.
pub(crate) fn removed_and_imported(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.forget_requests();
    scenario.configure(&format!(
        "removed {{\n  from = {TEST}\n  lifecycle {{\n    destroy = false\n  }}\n}}\n"
    ));
    scenario.apply();
    assert!(scenario.instances().is_empty());
    scenario.configure(&format!(
        "{HTTPS}\nimport {{\n  to = {TEST}\n  id = \"fleet\"\n}}\n"
    ));
    assert_eq!(scenario.plan().change(TEST).actions(), ["no-op"]);
    scenario.apply_plan();
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}
