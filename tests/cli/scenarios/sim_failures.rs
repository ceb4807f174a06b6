//! Changes of mappings that fail in part: finished changes stay, and the next apply does the rest.

use serde_json::json;

use super::sim_mappings::{DEPOT, fleet, patches, with_sims};
use super::{HTTPS, SIMS, sims};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{Sandbox, on};

/// There is no state, since the next apply would replace a tainted one and unmap every SIM.
pub(crate) fn at_create(cli: Cli) {
    let mut scenario = with_sims(cli, 3);
    let mapping = fleet(&[1, 2, 3, 4]);
    scenario.configure(&format!("{HTTPS}{mapping}"));
    let forbidden = json!({ "error": "sim_forbidden" });
    scenario
        .sandbox
        .fault(on("PATCH", "/sims/000000002").answers_with(403, forbidden));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not map 2 of 4 SIMs to connector `fleet`")
        .says("2 SIMs are mapped to it")
        .says("`000000002`: Onomondo denied permission")
        .says("`000000004`: Onomondo has no such SIM")
        .says("The resource is not in state yet")
        .says("Apply again to continue");
    assert_eq!(scenario.instances().len(), 1);
    assert_eq!(patches(&scenario), 4);

    scenario.sandbox.put_sim("000000004", json!({}));
    let plan = scenario.plan();
    assert_eq!(plan.change(SIMS).actions(), ["create"]);
    scenario.apply_plan();
    assert_eq!(patches(&scenario), 2);
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 4);
    scenario.finish();
}

/// The state holds the SIMs that are mapped now.
pub(crate) fn at_update(cli: Cli) {
    let mut scenario = with_sims(cli, 5);
    scenario.configure(&format!("{HTTPS}{DEPOT}{}", fleet(&[1, 2, 3])));
    scenario.apply();
    for sim in ["000000003", "000000004"] {
        let path = format!("/sims/{sim}");
        scenario.sandbox.fault(on("PATCH", &path).answers(403));
    }
    // One SIM should be unmapped, another one mapped. Both fail.
    scenario.configure(&format!("{HTTPS}{DEPOT}{}", fleet(&[1, 2, 4, 5])));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not unmap 1 of 1 SIMs from connector `fleet`")
        .says("Could not map 1 of 4 SIMs to connector `fleet`")
        .says("State contains the SIMs that are mapped now");
    let mapped = json!(["000000001", "000000002", "000000003", "000000005"]);
    assert_eq!(scenario.state(SIMS)["sim_ids"], mapped);
    scenario.apply();
    scenario.expect_no_changes();
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 4);

    // A move succeeds in part: the state holds the moved SIMs, and the next apply moves the others.
    scenario
        .sandbox
        .fault(on("PATCH", "/sims/000000001").answers(403));
    let depot = fleet(&[1, 2, 4, 5]).replace("onomondo_connector.test", "onomondo_connector.depot");
    scenario.configure(&format!("{HTTPS}{DEPOT}{depot}"));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not map 1 of 4 SIMs to connector `depot`");
    assert_eq!(scenario.state(SIMS)["connector"], "depot");
    scenario.apply();
    assert_eq!(scenario.sandbox.state().mapped_sims("depot"), 4);
    scenario.finish();
}

/// A move waits until the released SIMs are unmapped from the old connector. The state has one
/// connector, so it would lose them otherwise.
pub(crate) fn before_a_move(cli: Cli) {
    let mut scenario = with_sims(cli, 3);
    scenario.configure(&format!("{HTTPS}{DEPOT}{}", fleet(&[1, 2, 3])));
    scenario.apply();
    scenario
        .sandbox
        .fault(on("PATCH", "/sims/000000003").answers(403));
    let depot = fleet(&[1, 2]).replace("onomondo_connector.test", "onomondo_connector.depot");
    scenario.configure(&format!("{HTTPS}{DEPOT}{depot}"));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not unmap 1 of 1 SIMs from connector `fleet`")
        .says("No SIM was moved to the new connector");
    assert_eq!(scenario.state(SIMS)["connector"], "fleet");
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 3);
    scenario.apply();
    assert_eq!(scenario.sandbox.state().mapped_sims("depot"), 2);
    scenario.finish();
}

/// The resource stays, and the next destroy unmaps the rest. A SIM that no longer exists does not
/// matter.
pub(crate) fn at_delete(cli: Cli) {
    let mut scenario = with_sims(cli, 3);
    scenario.configure(&format!("{HTTPS}{}", fleet(&[1, 2, 3])));
    scenario.apply();
    scenario
        .sandbox
        .fault(on("PATCH", "/sims/000000001").answers(403));
    let gone = json!({ "error": "sim_not_found" });
    scenario
        .sandbox
        .fault(on("PATCH", "/sims/000000002").answers_with(404, gone));
    scenario
        .run(&["destroy", "-auto-approve", "-refresh=false"])
        .failed()
        .says("Could not unmap 1 of 3 SIMs from connector `fleet`")
        .says("1 SIM is still mapped to it")
        .says("`000000001`: Onomondo denied permission")
        .says_nothing_of("cannot be deleted");
    assert_eq!(scenario.instances().len(), 2);
    scenario.run(&["destroy", "-auto-approve"]).succeeded();
    scenario.configure("");
    scenario.finish();
}

/// A 429 in the middle: all requests wait, and no finished change is sent twice.
pub(crate) fn rate_limit(cli: Cli) {
    let mut scenario = with_sims(cli, 30);
    let numbers: Vec<u32> = (1..=30).collect();
    scenario.configure(&format!("{HTTPS}{}", fleet(&numbers)));
    scenario.sandbox.rate_limit(20, 1);
    scenario.apply();
    scenario.sandbox.rate_limit(0, 1);
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 30);
    assert_eq!(scenario.sandbox.requests().with_outcome("PATCH", "200"), 30);
    scenario.finish();
}

/// Ctrl-C: requests that were sent finish, nothing else starts, and the next apply does the rest.
pub(crate) fn ctrl_c(cli: Cli) {
    const SIMS: usize = 40;
    let mut scenario = with_sims(cli, 40);
    let numbers: Vec<u32> = (1..=40).collect();
    scenario.configure(&format!("{HTTPS}{}", fleet(&numbers)));
    let slow = on("PATCH", "/sims/*").always().delays_answer(1500);
    scenario.sandbox.fault(slow);
    let applying = scenario.start_apply();
    let under_way = |sandbox: &Sandbox| sandbox.state().mapped_sims("fleet") > 3;
    scenario
        .sandbox
        .eventually("SIMs are being mapped", under_way);
    applying.interrupt();
    applying
        .outcome()
        .failed()
        .says("SIMs to connector `fleet`")
        .says("not tried: interrupted");
    scenario.sandbox.clear_faults();
    let mapped = scenario.sandbox.state().mapped_sims("fleet");
    assert!(mapped < SIMS, "{mapped}");
    assert_eq!(patches(&scenario), mapped);
    scenario.apply();
    assert_eq!(patches(&scenario), SIMS - mapped);
    scenario.finish();
}

/// One request shows that the connector is missing, not one for each SIM.
pub(crate) fn no_connector(cli: Cli) {
    let mut scenario = with_sims(cli, 60);
    let numbers: Vec<u32> = (1..=60).collect();
    let of_another = fleet(&numbers).replace("onomondo_connector.test.name", "\"fleets\"");
    scenario.configure(&format!("{HTTPS}{of_another}"));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("No connector `fleets`")
        .says("Did you mean `fleet`?");
    assert!(patches(&scenario) <= 20);
    scenario.configure(&format!("{HTTPS}{}", fleet(&[1])));
    scenario.apply();
    scenario.finish();
}

/// An API that answers correctly but does nothing, and one that works but answers nothing.
pub(crate) fn odd_answers(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    scenario.configure(HTTPS);
    scenario.apply();
    scenario.configure(&format!("{HTTPS}{}", fleet(&[1, 2])));
    scenario.sandbox.quirk("ignore_mapping");
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("`000000001`, `000000002`: Onomondo accepted the change, but the SIM is not mapped");
    scenario
        .sandbox
        .quirks(json!({ "ignore_mapping": true, "empty_write_body": true }));
    scenario.run(&["apply", "-auto-approve"]).failed();
    scenario
        .sandbox
        .quirks(json!({ "empty_write_body": true, "documented_sim_list": true }));
    scenario.apply();
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 2);
    scenario.finish();
}

/// Responses are lost: the PATCH is sent again, and a listing shows the result if that is not
/// possible.
pub(crate) fn lost_answers(cli: Cli) {
    let mut scenario = with_sims(cli, 3);
    scenario.provider("max_retries = 0");
    scenario.configure(&format!(
        "{HTTPS}{}",
        sims("test", &["000000001", "000000002"])
    ));
    let lost = on("PATCH", "/sims/000000001").resets_after();
    scenario.sandbox.fault(lost);
    let not_sent = on("PATCH", "/sims/000000002").resets_before();
    scenario.sandbox.fault(not_sent);
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not map 1 of 2 SIMs to connector `fleet`")
        .says("`000000002`: The connection to Onomondo was interrupted");
    finish_mapping(scenario);
}

#[track_caller]
fn finish_mapping(scenario: Scenario) {
    scenario.apply();
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 2);
    scenario.finish();
}
