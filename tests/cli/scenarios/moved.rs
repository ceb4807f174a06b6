//! `moved` from the generic REST providers, which people used for connectors before this one.

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

const STATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/moved");

const RESTAPI: Source = Source {
    address: "mastercard/restapi",
    resource: "restapi_object.fleet",
};

const RESTFUL: Source = Source {
    address: "magodo/restful",
    resource: "restful_resource.fleet",
};

/// A generic provider, and the connector's name in its states.
struct Source {
    address: &'static str,
    resource: &'static str,
}

pub(crate) fn from_restapi(cli: Cli) {
    for state in ["restapi_object-1.20.0", "restapi_object-3.0.0"] {
        taken_over(cli, &RESTAPI, state);
    }
}

pub(crate) fn from_restful(cli: Cli) {
    for state in [
        "restful_resource-0.22.0",
        "restful_resource-0.22.0-own-path",
    ] {
        taken_over(cli, &RESTFUL, state);
    }
}

/// An object whose `path` is not that of connectors is refused.
pub(crate) fn something_else(cli: Cli) {
    let mut scenario = with_state(cli, &RESTAPI, "restapi_object-3.0.0-sim");
    scenario
        .run(&["plan"])
        .failed()
        .says("This `restapi_object` is not a connector")
        .says("`/sims`")
        .says("`/connectors`");
    assert!(scenario.sandbox.requests().is_empty());
    scenario.workspace.remove("terraform.tfstate");
    scenario.configure("");
    scenario.finish();
}

/// The move creates, changes and destroys nothing. Afterwards, the connector is like any other.
fn taken_over(cli: Cli, source: &Source, state: &str) {
    let mut scenario = with_state(cli, source, state);
    scenario.create_by_hand(&serde_json::json!({
        "name": "fleet", "type": "https", "options": {"host": "https://ingest.example.com/messages"},
    }));
    scenario.sandbox.forget_requests();
    let plan = scenario.plan();
    assert_eq!(plan.change(TEST).actions(), ["no-op"], "{state}");
    plan.says(&format!("{} has moved to {TEST}", source.resource));
    scenario.apply_plan();
    assert!(scenario.sandbox.requests().only_read());
    assert_eq!(scenario.state(TEST)["type"], "https");

    scenario.configure(HTTPS);
    scenario.expect_no_changes();
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    scenario.finish();
}

/// The generic provider's state, and a configuration that moves its object.
fn with_state(cli: Cli, source: &Source, state: &str) -> Scenario {
    let mut scenario = Scenario::start(cli);
    scenario.workspace.add_stand_in(source.address, "9.9.9");
    let state = std::fs::read_to_string(format!("{STATES}/{state}.tfstate")).unwrap();
    let state = state.replace("REGISTRY", cli.registry());
    scenario.workspace.write("terraform.tfstate", &state);
    let from = source.resource;
    scenario.configure(&format!(
        "{HTTPS}\nmoved {{\n  from = {from}\n  to   = {TEST}\n}}\n"
    ));
    scenario.run(&["init"]).succeeded();
    scenario
}
