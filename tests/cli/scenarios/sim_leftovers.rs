//! SIMs that an apply did not get to: the state keeps them, so that a later destroy unmaps them.

use super::sim_mappings::{DEPOT, fleet, with_sims};
use super::{HTTPS, SIMS, TEST};
use crate::cli::Cli;
use crate::support::sandbox::on;

/// An update that gives up keeps the SIMs that were mapped before, even those that it did not
/// reach.
pub(crate) fn of_an_update_that_gives_up(cli: Cli) {
    let mut scenario = with_sims(cli, 24);
    let mapped: Vec<u32> = (13..=24).collect();
    scenario.configure(&format!("{HTTPS}{}", fleet(&mapped)));
    scenario.apply();
    scenario
        .sandbox
        .fault(on("PATCH", "/sims/*").always().answers(401));
    let all: Vec<u32> = (1..=24).collect();
    scenario.configure(&format!("{HTTPS}{}", fleet(&all)));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not map 12 of 24 SIMs to connector `fleet`")
        .says("12 SIMs are mapped to it")
        .says("Check `api_key`");
    let sims = scenario.state(SIMS)["sim_ids"].clone();
    assert_eq!(sims.as_array().unwrap().len(), 12);
    scenario.sandbox.clear_faults();
    scenario.run(&["destroy", "-auto-approve"]).succeeded();
    scenario.configure("");
    scenario.finish();
}

/// A move that failed in part. The state has one connector, so the message says to apply again
/// before a destroy.
pub(crate) fn of_a_move(cli: Cli) {
    let mut scenario = with_sims(cli, 3);
    let mapping = fleet(&[1, 2, 3]);
    scenario.configure(&format!("{HTTPS}{DEPOT}{mapping}"));
    scenario.apply();
    scenario
        .sandbox
        .fault(on("PATCH", "/sims/000000001").answers(403));
    let depot = mapping.replace("onomondo_connector.test", "onomondo_connector.depot");
    scenario.configure(&format!("{HTTPS}{DEPOT}{depot}"));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("Could not map 1 of 3 SIMs to connector `depot`")
        .says("The Connectors API is part of the Enterprise package")
        .says("a destroy would leave them there");
    assert_eq!(scenario.sandbox.state().sims_of("fleet"), ["000000001"]);
    scenario.apply();
    assert_eq!(scenario.sandbox.state().mapped_sims("depot"), 3);
    scenario.finish();
}

/// An apply renamed the connector, but did not get to the mapping.
pub(crate) fn of_a_targeted_rename(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    scenario.configure(&format!("{HTTPS}{}", fleet(&[1, 2])));
    scenario.apply();
    scenario.edit("\"fleet\"", "\"trucks\"");
    scenario
        .run(&["apply", "-auto-approve", &format!("-target={TEST}")])
        .succeeded();
    assert_eq!(scenario.state(SIMS)["connector"], "fleet");
    scenario.run(&["destroy", "-auto-approve"]).succeeded();
    scenario.configure("");
    scenario.finish();
}

/// With `create_before_destroy`, the CLI renames the connector before it deletes the mapping.
pub(crate) fn of_a_renamed_connector(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    let lifecycle = "lifecycle {\n    create_before_destroy = true\n  }\n\n  sim_ids";
    let mapping = fleet(&[1, 2]).replace("sim_ids", lifecycle);
    scenario.configure(&format!("{HTTPS}{mapping}"));
    scenario.apply();
    scenario.configure(&HTTPS.replace("\"fleet\"", "\"trucks\""));
    scenario.apply();
    let state = scenario.sandbox.state();
    assert_eq!(state.names(), ["trucks"]);
    assert_eq!(state.mapped_sims("trucks"), 0);
    scenario.finish();
}
