//! A connector with that name already exists.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// The plan warns. The apply sends nothing, and its error holds an `import` block that adopts the
/// connector.
pub(crate) fn refused_with_import_block(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let options = json!({"host": "https://ingest.example.com/messages"});
    scenario.create_by_hand(&json!({"name": "fleet", "type": "https", "options": options}));
    scenario.sandbox.forget_requests();
    scenario.configure(HTTPS);
    scenario
        .plan()
        .says("Warning: Connector `fleet` exists already")
        .says("import {");
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("`fleet`")
        .says("import {")
        .says(r#"id = "fleet""#);
    assert!(scenario.sandbox.requests().only_read());

    scenario.configure(&format!(
        "{HTTPS}\nimport {{\n  to = {TEST}\n  id = \"fleet\"\n}}\n"
    ));
    scenario.apply();
    scenario.finish();
}
