//! SIMs that are mapped to a connector, moved and unmapped.

use serde_json::json;

use super::{HTTPS, SIMS, TEST, sims};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// Any value derived from this is unknown until apply.
const LATER: &str = r#"
resource "terraform_data" "later" {
  input = { name = "fleet", sims = ["000000002"] }
}
"#;

/// Maps, maps more, moves, unmaps and destroys: each changed SIM takes one request.
pub(crate) fn lifecycle(cli: Cli) {
    let mut scenario = with_sims(cli, 4);
    scenario.configure(&format!("{HTTPS}{DEPOT}{}", fleet(&[1, 2])));
    scenario.apply();
    scenario.expect_no_changes();
    let state = scenario.sandbox.state();
    assert_eq!(state.sims_of("fleet"), ["000000001", "000000002"]);
    assert_eq!(patches(&scenario), 2);
    assert_eq!(scenario.state(SIMS)["connector"], "fleet");

    scenario.configure(&format!("{HTTPS}{DEPOT}{}", fleet(&[1, 2, 3])));
    scenario.apply();
    assert_eq!(patches(&scenario), 1);

    let depot = fleet(&[1, 2, 3]).replace("onomondo_connector.test", "onomondo_connector.depot");
    scenario.configure(&format!("{HTTPS}{DEPOT}{depot}"));
    let plan = scenario.plan();
    assert_eq!(plan.change(SIMS).actions(), ["update"]);
    scenario.apply_plan();
    scenario.expect_no_changes();
    let state = scenario.sandbox.state();
    assert_eq!(state.sims_of("fleet"), [""; 0]);
    assert_eq!(state.mapped_sims("depot"), 3);
    assert_eq!(patches(&scenario), 3);

    scenario.configure(&format!(
        "{HTTPS}{DEPOT}{}",
        depot.replace(r#""000000002", "#, "")
    ));
    scenario.apply();
    assert_eq!(scenario.sandbox.state().connector_of("000000002"), None);
    assert_eq!(patches(&scenario), 1);

    scenario.sandbox.map_sim("000000004", Some("fleet"));
    scenario.sandbox.map_sim("000000004", None);
    scenario.finish();
}

/// When the last SIMs are removed, the resource stays and maps nothing.
pub(crate) fn none(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    scenario.configure(&format!("{HTTPS}{}", fleet(&[1, 2])));
    scenario.apply();
    scenario.configure(&format!("{HTTPS}{}", fleet(&[])));
    scenario.apply();
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 0);
    assert_eq!(scenario.state(SIMS)["sim_ids"], json!([]));
    scenario.finish();
}

/// The state keeps the user's numbers. The two numbers of one SIM cause one request.
pub(crate) fn id_and_iccid(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    let both = ["000000001", "8945730000000000001", "8945730000000000002"];
    scenario.configure(&format!("{HTTPS}{}", sims("test", &both)));
    scenario.apply();
    scenario.expect_no_changes();
    assert_eq!(patches(&scenario), 2);
    assert_eq!(scenario.state(SIMS)["sim_ids"], json!(both));

    // The other number of a SIM refers to the same SIM.
    scenario.configure(&format!(
        "{HTTPS}{}",
        sims("test", &["8945730000000000001", "000000002"])
    ));
    let plan = scenario.plan();
    assert_eq!(plan.change(SIMS).actions(), ["update"]);
    scenario.apply_plan();
    assert_eq!(patches(&scenario), 0);
    assert_eq!(scenario.sandbox.state().mapped_sims("fleet"), 2);
    scenario.finish();
}

/// The SIMs and the connector are known only after apply.
pub(crate) fn unknown(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    scenario.configure(&format!(
        r#"{LATER}
resource "onomondo_connector" "test" {{
  name  = terraform_data.later.output.name
  https = {{ host = "https://ingest.example.com/messages" }}
}}

resource "onomondo_connector_sims" "test" {{
  connector = onomondo_connector.test.name
  sim_ids   = terraform_data.later.output.sims
}}
"#
    ));
    let plan = scenario.plan();
    for pointer in ["/connector", "/sim_ids"] {
        assert!(plan.change(SIMS).is_unknown(pointer), "{pointer}");
    }
    scenario.apply_plan();
    assert_eq!(scenario.sandbox.state().sims_of("fleet"), ["000000002"]);

    scenario.configure(&format!("{HTTPS}{}", fleet(&[1])));
    scenario.apply();
    assert_eq!(scenario.sandbox.state().sims_of("fleet"), ["000000001"]);
    scenario.finish();
}

/// A data source that depends on another resource.
pub(crate) fn from_a_data_source(cli: Cli) {
    let mut scenario = with_sims(cli, 2);
    scenario.sandbox.put_sim(
        "000000007",
        json!({ "tags": [crate::support::sandbox::SUPPLIER] }),
    );
    scenario.configure(&format!(
        r#"{HTTPS}
data "onomondo_sims" "test" {{
  tag        = "{}"
  depends_on = [onomondo_connector.test]
}}

resource "onomondo_connector_sims" "test" {{
  connector = onomondo_connector.test.name
  sim_ids   = data.onomondo_sims.test.ids
}}
"#,
        crate::support::sandbox::SUPPLIER.to_uppercase()
    ));
    let plan = scenario.plan();
    assert!(plan.change(SIMS).is_unknown("/sim_ids"));
    scenario.apply_plan();
    assert_eq!(scenario.sandbox.state().sims_of("fleet"), ["000000007"]);
    scenario.finish();
}

/// Imports everything that is mapped to a connector, by its name. The CLI writes the configuration.
pub(crate) fn import(cli: Cli) {
    let mut scenario = with_sims(cli, 3);
    scenario.configure(HTTPS);
    scenario.apply();
    for id in ["000000001", "000000003"] {
        scenario.sandbox.map_sim(id, Some("fleet"));
    }
    let nothing = scenario.run(&["import", SIMS, "Fleet"]);
    nothing.failed();
    let block = format!("{HTTPS}\nimport {{\n  to = {SIMS}\n  id = \"fleet\"\n}}\n");
    scenario.configure(&block.replace("fleet\"\n}", "Fleet\"\n}"));
    scenario
        .run(&["plan", "-generate-config-out=none.tf"])
        .failed()
        .says("No connector `Fleet`")
        .says("Did you mean `fleet`?");

    scenario.configure(&block);
    scenario.sandbox.forget_requests();
    scenario
        .run(&["plan", "-generate-config-out=generated.tf"])
        .succeeded();
    let generated = String::from_utf8(scenario.workspace.read("generated.tf")).unwrap();
    let plan = scenario.plan();
    assert_eq!(plan.change(SIMS).actions(), ["no-op"], "{generated}");
    scenario.apply_plan();
    assert!(scenario.sandbox.requests().only_read());
    assert_eq!(
        scenario.state(SIMS)["sim_ids"],
        json!(["000000001", "000000003"])
    );
    // The generated configuration names the connector, but does not refer to its resource.
    let refers = generated.replace("\"fleet\"", "onomondo_connector.test.name");
    scenario.workspace.write("generated.tf", &refers);
    assert_eq!(scenario.state(TEST)["name"], "fleet");
    scenario.finish();
}

/// Another connector.
pub(super) const DEPOT: &str = r#"
resource "onomondo_connector" "depot" {
  name  = "depot"
  https = { host = "https://ingest.example.com/depot" }
}
"#;

/// A scenario whose account has SIMs numbered from 1.
pub(super) fn with_sims(cli: Cli, count: u32) -> Scenario {
    let scenario = Scenario::start(cli);
    for number in 1..=count {
        scenario.sandbox.put_sim(&id(number), json!({}));
    }
    scenario
}

/// SIMs with these numbers, mapped to `onomondo_connector.test`.
pub(super) fn fleet(numbers: &[u32]) -> String {
    let ids: Vec<_> = numbers.iter().map(|number| id(*number)).collect();
    sims("test", &ids.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The number of requests that changed a SIM since the last call.
#[track_caller]
pub(super) fn patches(scenario: &Scenario) -> usize {
    let count = scenario.sandbox.requests().count("PATCH", "/sims/*");
    scenario.sandbox.forget_requests();
    count
}

fn id(number: u32) -> String {
    format!("{number:09}")
}
