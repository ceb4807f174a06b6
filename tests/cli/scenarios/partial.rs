//! Applies that succeed in part: the finished changes stay in the state, untainted.

use serde_json::json;

use super::{CERTIFICATES, HTTPS, TEST, certificate, tls};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

/// The second create fails. The next apply creates only that connector.
pub(crate) fn one_of_two(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let other = HTTPS.replace("\"test\"", "\"other\"").replace(
        "\"fleet\"",
        "\"fleet-2\"\n  depends_on = [onomondo_connector.test]",
    );
    scenario.configure(&format!("{HTTPS}{other}"));
    let refusal = json!({"error": "quota_exceeded"});
    scenario
        .sandbox
        .fault(on("POST", "/connectors").nth(2).answers_with(400, refusal));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("`fleet-2`")
        .says("quota_exceeded");
    assert_eq!(scenario.state(TEST)["name"], "fleet");

    let plan = scenario.plan();
    assert_eq!(plan.change(TEST).actions(), ["no-op"]);
    assert_eq!(
        plan.change("onomondo_connector.other").actions(),
        ["create"]
    );
    scenario.apply_plan();
    assert_eq!(scenario.sandbox.state().names(), ["fleet", "fleet-2"]);
    scenario.finish();
}

/// A connector was created, but the answer is incomplete and lists fail. Creating it again would be
/// wrong.
pub(crate) fn created_and_not_readable(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.sandbox.quirk("omit_meta");
    scenario.provider("max_retries = 0");
    scenario.configure(&tls(&format!(
        "key = file(\"{CERTIFICATES}/client-key.pem\")"
    )));
    scenario.plan();
    scenario
        .sandbox
        .fault(on("GET", "/connectors").nth(2).answers(503));
    scenario.apply_plan();
    assert_eq!(scenario.sandbox.state().faults_left(), 0);
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.finish();
}

/// The API refuses an update that includes a rename: a PATCH does all or nothing.
pub(crate) fn refused_update(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.edit("\"fleet\"", "\"fleet-2\"");
    scenario.edit("/messages", "/other");
    let refusal = json!({"error": "host_invalid", "message": "no such host"});
    scenario
        .sandbox
        .fault(on("PATCH", "/connectors/fleet").answers_with(422, refusal));
    scenario.run(&["apply", "-auto-approve"]).failed();
    let state = scenario.state(TEST);
    assert_eq!(state["name"], "fleet");
    assert_eq!(
        state["https"]["host"],
        "https://ingest.example.com/messages"
    );
    scenario.apply_in_place(&["https.host", "name"]);
    scenario.finish();
}
