//! SIMs that several resources of one configuration map, or that someone else maps.

use serde_json::json;

use super::sim_mappings::{DEPOT, fleet, patches, with_sims};
use super::{HTTPS, SIMS, sims};
use crate::cli::Cli;

/// The plan shows the SIM as a change, and the apply maps it back.
pub(crate) fn taken_by_somebody_else(cli: Cli) {
    let mut scenario = with_sims(cli, 3);
    scenario.configure(&format!("{HTTPS}{DEPOT}{}", fleet(&[1, 2])));
    scenario.apply();
    scenario.sandbox.map_sim("000000002", Some("depot"));
    // A SIM that someone else maps to the same connector is left alone.
    scenario.sandbox.map_sim("000000003", Some("fleet"));
    let plan = scenario.plan();
    assert_eq!(plan.change(SIMS).actions(), ["update"]);
    assert_eq!(
        *plan.change(SIMS).after("/sim_ids"),
        json!(["000000001", "000000002"])
    );
    scenario.sandbox.forget_requests();
    scenario.apply_plan();
    assert_eq!(patches(&scenario), 1);
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 3);

    scenario.sandbox.map_sim("000000003", None);
    scenario.finish();
}

/// Two resources for one connector do not touch each other's SIMs.
pub(crate) fn one_connector(cli: Cli) {
    let mut scenario = with_sims(cli, 4);
    let (one, other) = (fleet(&[1, 2]), sims("other", &["000000003", "000000004"]));
    scenario.configure(&format!("{HTTPS}{one}{other}"));
    scenario.apply();
    scenario.expect_no_changes();
    scenario.configure(&format!("{HTTPS}{one}"));
    scenario.apply();
    let state = scenario.sandbox.state();
    assert_eq!(state.sims_of("fleet"), ["000000001", "000000002"]);
    scenario.finish();
}

/// A SIM passes from one resource to another of the same connector, and a resource is split. The
/// CLI makes both changes in any order, and every SIM ends up mapped.
pub(crate) fn changes_hands(cli: Cli) {
    let ids = |numbers: std::ops::Range<u32>| -> Vec<String> {
        numbers.map(|number| format!("{number:09}")).collect()
    };
    let resource = |name: &str, numbers: std::ops::Range<u32>| {
        let ids = ids(numbers);
        sims(name, &ids.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut scenario = with_sims(cli, 30);
    for (one, other) in [
        (1..31, 31..31),
        (1..11, 11..31),
        (1..21, 21..31),
        (31..31, 1..31),
    ] {
        let (one, other) = (resource("test", one), resource("other", other));
        scenario.configure(&format!("{HTTPS}{DEPOT}{one}{other}"));
        scenario.apply();
        assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 30);
        scenario.expect_no_changes();
    }

    // SIMs also pass from one connector to another, between resources that replace each other.
    let depot =
        resource("depot", 1..31).replace("onomondo_connector.test", "onomondo_connector.depot");
    scenario.configure(&format!("{HTTPS}{DEPOT}{depot}"));
    scenario.apply();
    assert_eq!(scenario.sandbox.state().mapped_sims("depot"), 30);
    scenario.expect_no_changes();
    scenario.finish();
}

/// A SIM has one connector, so only one resource can own it. Repeated applies do not map it back
/// and forth.
pub(crate) fn wanted_twice(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    let other = sims("other", &["000000001"])
        .replace("onomondo_connector.test", "onomondo_connector.depot");
    scenario.configure(&format!("{HTTPS}{DEPOT}{}{other}", fleet(&[1, 2])));
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("SIMs to connector")
        .says(
            "Another `onomondo_connector_sims` resource in this configuration maps it to connector",
        )
        .says("list it in only one resource");
    scenario.configure(&format!("{HTTPS}{DEPOT}{}", fleet(&[1, 2])));
    scenario.apply();
    scenario.finish();
}
