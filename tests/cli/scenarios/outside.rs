//! Someone changes a connector outside of Terraform: the next plan shows it, the next apply reverts
//! it.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::SUPPLIER;

pub(crate) fn change(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.change_connector(
        "fleet",
        json!({"options": {"host": "https://elsewhere.example.com"}}),
    );
    scenario.apply_in_place(&["https.host"]);
    let connector = scenario.connector("fleet");
    assert_eq!(
        connector["options"]["host"],
        "https://ingest.example.com/messages"
    );
    scenario.finish();
}

pub(crate) fn deletion(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.remove_connector("fleet");
    assert_eq!(scenario.plan().change(TEST).actions(), ["create"]);
    scenario.apply();
    assert_eq!(scenario.connector("fleet")["type"], "https");
    scenario.finish();
}

/// Tags that the configuration omits are left alone.
pub(crate) fn tags_left_out(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario
        .sandbox
        .change_connector("fleet", json!({"tags": [SUPPLIER]}));
    scenario.expect_no_changes();
    scenario
        .run(&["apply", "-auto-approve", "-refresh-only"])
        .succeeded();
    assert_eq!(scenario.state(TEST)["tags"], json!([SUPPLIER]));
    scenario.finish();
}

/// Passthrough rules that the configuration omits are removed, so that no traffic can bypass the
/// connector unnoticed.
pub(crate) fn passthrough_left_out(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario
        .sandbox
        .change_connector("fleet", json!({"passthrough": [{"protocol": "icmp"}]}));
    scenario.apply_in_place(&["passthrough"]);
    assert_eq!(scenario.connector("fleet")["passthrough"], json!([]));
    scenario.finish();
}
