//! `data "onomondo_sims"`.

use serde_json::{Value, json};

use super::HTTPS;
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{PRODUCTION, SUPPLIER};

/// The API's filters, and the tag. Data sources with equal filters share one listing.
pub(crate) fn filters(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(HTTPS);
    scenario.apply();
    let sims = [
        json!({ "connector": "fleet", "online": true, "activated": true, "label": "Truck 1" }),
        json!({ "connector": "fleet", "tags": [SUPPLIER, PRODUCTION], "activated": true }),
        json!({ "tags": [SUPPLIER] }),
    ];
    for (number, sim) in (1..).zip(sims) {
        scenario.sandbox.put_sim(&format!("{number:09}"), sim);
    }
    scenario.configure(&format!(
        r#"{HTTPS}
data "onomondo_sims" "all" {{}}
data "onomondo_sims" "of_supplier" {{
  tag = "{SUPPLIER}"
}}
data "onomondo_sims" "of_fleet" {{
  connector = "fleet"
}}
data "onomondo_sims" "offline" {{
  connector = "fleet"
  activated = true
  online    = false
}}
data "onomondo_sims" "none" {{
  connector = "nothing"
}}
"#
    ));
    for quirk in ["", "documented_sim_list"] {
        match quirk {
            "" => {}
            quirk => scenario.sandbox.quirk(quirk),
        }
        scenario.sandbox.forget_requests();
        scenario.apply();
        let found = |name: &str| scenario.state(&format!("data.onomondo_sims.{name}"));
        let ids = |name: &str| found(name)["ids"].clone();
        assert_eq!(ids("all"), json!(["000000001", "000000002", "000000003"]));
        assert_eq!(ids("of_supplier"), json!(["000000002", "000000003"]));
        assert_eq!(ids("of_fleet"), json!(["000000001", "000000002"]));
        assert_eq!(ids("offline"), json!(["000000002"]));
        assert_eq!(ids("none"), json!([]));
        let first = &found("all")["sims"][0];
        assert_eq!(first["iccid"], "8945730000000000001");
        assert_eq!(first["label"], "Truck 1");
        assert_eq!(first["connector"], "fleet");
        assert_eq!(first["online"], true);
        let second = &found("all")["sims"][1];
        assert_eq!(second["label"], Value::Null);
        assert_eq!(second["tags"], json!([PRODUCTION, SUPPLIER]));
        // `all` and `of_supplier` share one request. Each other filter has its own.
        assert_eq!(scenario.sandbox.requests().count("GET", "/sims"), 4);
    }
    scenario.sandbox.quirks(json!({}));
    for id in ["000000001", "000000002"] {
        scenario.sandbox.map_sim(id, None);
    }
    scenario.configure(HTTPS);
    scenario.finish();
}
