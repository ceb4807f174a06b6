//! Resource identity, supported by Terraform and OpenTofu from 1.12 on.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

pub(crate) fn import_by_identity(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let options = json!({"host": "https://ingest.example.com/messages"});
    scenario.create_by_hand(&json!({"name": "fleet", "type": "https", "options": options}));
    scenario.configure(&with_import(r#"{ name = "fleet" }"#));
    assert_eq!(scenario.plan().change(TEST).actions(), ["no-op"]);
    scenario.apply();
    scenario.finish();
}

pub(crate) fn import_without_the_required_name(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&with_import("{}"));
    scenario.run(&["plan"]).failed().says("name");
    scenario.configure("");
    scenario.finish();
}

fn with_import(identity: &str) -> String {
    format!("{HTTPS}\nimport {{\n  to       = {TEST}\n  identity = {identity}\n}}\n")
}
