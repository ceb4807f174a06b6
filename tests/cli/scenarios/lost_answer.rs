//! Onomondo carries out a write, but its response is lost or cut off. Nothing is created twice and
//! nothing is lost. There is no error if the provider can find out what happened.

use serde_json::json;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{Fault, SUPPLIER, on};

pub(crate) fn to_a_create(cli: Cli) {
    for lost in lost("POST", "/connectors") {
        let mut scenario = Scenario::start(cli);
        scenario.sandbox.fault(lost);
        scenario.configure(HTTPS);
        scenario.apply();
        assert_eq!(scenario.sandbox.state().names(), ["fleet"]);
        assert_eq!(scenario.sandbox.requests().count("POST", "*"), 1);
        assert_eq!(scenario.state(TEST)["name"], "fleet");
        scenario.finish();
    }
}

/// The provider looks for the connector first, then sends the request again.
pub(crate) fn to_a_create_that_was_not_carried_out(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario
        .sandbox
        .fault(on("POST", "/connectors").resets_before());
    scenario.configure(HTTPS);
    scenario.apply();
    let requests = scenario.sandbox.requests();
    let lines = requests.lines();
    let first = position(&lines, "POST /connectors reset");
    let look = first + position(&lines[first..], "GET /connectors 200");
    assert!(position(&lines, "POST /connectors 200") > look, "{lines:?}");
    scenario.finish();
}

/// A key limited by tags: no list shows whether the connector was created. If the repeated request
/// is refused, the connector is not someone else's.
pub(crate) fn to_a_create_that_the_key_cannot_see(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.sandbox.quirk("hide_untagged");
    scenario
        .sandbox
        .fault(on("POST", "/connectors").resets_after());
    scenario.configure(HTTPS);
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Connector `fleet` may have been created")
        .says("the change may have been made")
        .says("Look for it in the Onomondo web app")
        .says_nothing_of("exists already");
    assert_eq!(scenario.sandbox.state().names(), ["fleet"]);

    scenario.sandbox.reset();
    scenario.configure("");
    scenario.finish();
}

/// A name that Onomondo chooses is unknown. The error tells the user where to look for the
/// connector.
pub(crate) fn to_a_create_without_a_name(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.create_by_hand(&json!({
        "name": "another", "type": "https", "options": {"host": "https://example.com"},
    }));
    scenario
        .sandbox
        .fault(on("POST", "/connectors").resets_after());
    scenario.configure(&HTTPS.replace(r#"name = "fleet""#, ""));
    let refused = scenario.run(&["apply", "-auto-approve"]).failed();
    let state = scenario.sandbox.state();
    let made = state.names()[1];
    refused
        .says("A connector may have been created")
        .says(&format!("New in the account since then: `{made}`."));
    assert_eq!(scenario.sandbox.requests().count("POST", "*"), 2);

    scenario.sandbox.remove_connector("another");
    scenario.run(&["import", TEST, made]).succeeded();
    scenario.finish();
}

/// The repeated rename gets a 404, since the first one was carried out.
pub(crate) fn to_an_update(cli: Cli) {
    for lost in lost("PATCH", "/connectors/fleet") {
        let mut scenario = Scenario::applied(cli, HTTPS);
        scenario.edit(
            r#"name = "fleet""#,
            &format!("name = \"fleet-2\"\n  tags = [\"{SUPPLIER}\"]"),
        );
        scenario.sandbox.fault(lost);
        scenario.apply_in_place(&["name", "tags"]);
        assert_eq!(scenario.sandbox.state().names(), ["fleet-2"]);
        let state = scenario.state(TEST);
        assert_eq!(state["name"], "fleet-2");
        assert_eq!(state["tags"], json!([SUPPLIER]));
        scenario.finish();
    }
}

/// The repeated delete gets a 404, which is the requested result.
pub(crate) fn to_a_delete(cli: Cli) {
    for lost in lost("DELETE", "/connectors/fleet") {
        let mut scenario = Scenario::applied(cli, HTTPS);
        scenario.sandbox.fault(lost);
        scenario.configure("");
        scenario.apply();
        assert_eq!(scenario.sandbox.state().names(), [""; 0]);
        assert_eq!(scenario.sandbox.state().faults_left(), 0);
        scenario.finish();
    }
}

/// An answer that never comes, one from the load balancer, and one that is cut off.
fn lost(method: &str, path: &str) -> [Fault; 3] {
    [
        on(method, path).resets_after(),
        on(method, path).answers_html(504).processed(),
        on(method, path).truncates(),
    ]
}

#[track_caller]
fn position(lines: &[String], wanted: &str) -> usize {
    let found = lines.iter().position(|line| line == wanted);
    found.unwrap_or_else(|| panic!("no `{wanted}` in {lines:?}"))
}
