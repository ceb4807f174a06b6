//! Deletes of connectors that are mapped to SIMs, or that no longer exist.

use std::thread;

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

/// Onomondo does not delete a mapped connector. The provider unmaps only SIMs that a resource maps.
pub(crate) fn while_mapped(cli: Cli) {
    let scenario = Scenario::applied(cli, HTTPS);
    scenario.sandbox.map_sims("fleet", 12);
    let refused = scenario
        .run(&["destroy", "-auto-approve"])
        .failed()
        .says("Connector `fleet` cannot be deleted")
        .says("status 403")
        .says("12 in total")
        .says("`000000001`, ")
        .says("000000010")
        .says("An `onomondo_connector_sims` resource unmaps its SIMs")
        .says("`timeouts.delete`");
    refused.says_nothing_of("000000011");
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 12);

    scenario.sandbox.unmap_sims("fleet");
    scenario.finish();
}

/// With `timeouts.delete`, the provider waits until someone unmaps the SIMs.
pub(crate) fn waits_until_unmapped(cli: Cli) {
    let mut scenario = Scenario::applied(cli, &with_time("delete", "60s"));
    scenario.sandbox.map_sims("fleet", 3);
    scenario.configure("");
    thread::scope(|scope| {
        scope.spawn(|| {
            scenario
                .sandbox
                .eventually("a delete that was refused", |sandbox| {
                    sandbox.requests().count("DELETE", "/connectors/fleet") > 0
                });
            scenario.sandbox.unmap_sims("fleet");
        });
        scenario.apply();
    });
    let requests = scenario.sandbox.requests();
    assert_eq!(requests.count("DELETE", "/connectors/fleet"), 2);
    scenario.finish();
}

/// The last SIM is unmapped after Onomondo refused, but before the provider lists the SIMs.
pub(crate) fn last_sim_goes_meanwhile(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let delete = on("DELETE", "/connectors/fleet");
    scenario.sandbox.fault(delete.times(1).answers(403));
    scenario.configure("");
    scenario.apply();
    let requests = scenario.sandbox.requests();
    assert_eq!(requests.count("DELETE", "/connectors/fleet"), 2);
    assert!(scenario.sandbox.state().names().is_empty());
    scenario.finish();
}

/// Onomondo refuses although no SIM is mapped. Waiting would not help, even with a time limit.
pub(crate) fn refused_without_a_sim(cli: Cli) {
    let scenario = Scenario::applied(cli, &with_time("delete", "60m"));
    let delete = on("DELETE", "/connectors/fleet");
    scenario.sandbox.fault(delete.always().answers(403));
    scenario
        .run(&["destroy", "-auto-approve"])
        .failed()
        .says("Connector `fleet` cannot be deleted")
        .says("Onomondo lists no SIM that is mapped to it")
        .says("If no SIM is mapped, the API key may not be allowed to delete this connector")
        .says_nothing_of("The provider waited");
    scenario.sandbox.clear_faults();
    scenario.finish();
}

/// The provider does not wait forever.
pub(crate) fn gives_up_waiting(cli: Cli) {
    let scenario = Scenario::applied(cli, &with_time("delete", "2s"));
    scenario.sandbox.map_sims("fleet", 3);
    scenario
        .run(&["destroy", "-auto-approve"])
        .failed()
        .says("Connector `fleet` cannot be deleted")
        .says("The provider waited 2s for the SIMs to be unmapped")
        .says("3 in total")
        .says_nothing_of("set `timeouts.delete`");
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    scenario.sandbox.unmap_sims("fleet");
    scenario.finish();
}

/// The connector disappears between plan and apply. That is the requested result.
pub(crate) fn gone_before(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario.configure("");
    scenario.plan();
    scenario.sandbox.remove_connector("fleet");
    scenario.apply_plan();
    scenario.finish();
}

/// A gateway without this route answers. Its 404 says nothing about the connector.
pub(crate) fn answered_by_a_gateway(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let delete = on("DELETE", "/connectors/fleet");
    scenario.sandbox.fault(delete.answers_gateway_404());
    scenario
        .run(&["destroy", "-auto-approve"])
        .failed()
        .says("Could not delete connector `fleet`: the response did not come from Onomondo's API")
        .says("default backend - 404");
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    assert_eq!(scenario.sandbox.state().names(), ["fleet"]);

    // If the connector is gone, the delete succeeds, even if the 404 came from a gateway.
    let delete = on("DELETE", "/connectors/fleet");
    scenario.sandbox.fault(delete.answers_gateway_404());
    scenario.configure("");
    scenario.plan();
    scenario.sandbox.remove_connector("fleet");
    scenario.apply_plan();
    scenario.finish();
}

/// A connector with one time limit.
pub(super) fn with_time(operation: &str, time: &str) -> String {
    HTTPS.replace(
        "https = {",
        &format!("timeouts = {{ {operation} = \"{time}\" }}\n\n  https = {{"),
    )
}
