//! Connectors are renamed while SIMs are mapped to them. Onomondo does not document the effect on
//! the mappings.

use serde_json::json;

use super::HTTPS;
use super::sim_mappings::{fleet, patches, with_sims};
use crate::cli::Cli;

/// The SIMs are mapped to the new name: the next plan is empty.
pub(crate) fn followed(cli: Cli) {
    rename(cli, "follow", 0);
}

/// The SIMs are mapped to the old name: the same apply maps them again.
pub(crate) fn stayed(cli: Cli) {
    rename(cli, "stay", 3);
}

/// The SIMs are mapped to nothing: the same apply maps them again.
pub(crate) fn dropped(cli: Cli) {
    rename(cli, "drop", 3);
}

fn rename(cli: Cli, mappings: &str, expected: usize) {
    let mut scenario = with_sims(cli, 3);
    scenario.configure(&format!("{HTTPS}{}", fleet(&[1, 2, 3])));
    scenario.apply();
    scenario
        .sandbox
        .quirks(json!({ "mappings_on_rename": mappings }));
    scenario.sandbox.forget_requests();
    scenario.edit("\"fleet\"", "\"trucks\"");
    scenario.apply();
    assert_eq!(patches(&scenario), expected);
    assert_eq!(scenario.sandbox.state().mapped_sims("trucks"), 3);
    scenario.expect_no_changes();

    // A SIM that is released in the same apply is unmapped too.
    scenario.configure(&format!(
        "{}{}",
        HTTPS.replace("\"fleet\"", "\"vans\""),
        fleet(&[1, 2])
    ));
    scenario.apply();
    let state = scenario.sandbox.state();
    assert_eq!(state.sims_of("vans"), ["000000001", "000000002"]);
    assert_eq!(state.connector_of("000000003"), None);
    scenario.finish();
}
