//! Many SIMs on one connector.

use super::HTTPS;
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

/// Pages of at most 1000, one request for each SIM that changes, and no more memory than a provider that
/// holds their IDs a few times needs.
pub(crate) fn five_thousand(cli: Cli) {
    const COUNT: usize = 5000;
    const PAGES: usize = 5;
    let mut scenario = Scenario::start_with(cli, &["--generate", "tags=1,sims=5000"]);
    scenario.provider("requests_per_minute = 1000000");
    let config = format!(
        r#"{HTTPS}
data "onomondo_sims" "all" {{
  activated = true
}}

resource "onomondo_connector_sims" "test" {{
  connector = onomondo_connector.test.name
  sim_ids   = data.onomondo_sims.all.ids
}}
"#
    );
    scenario.configure(&config);
    // The last SIM is answered only after somebody has looked at the provider.
    let last = on("PATCH", "/sims/*").nth(5000).delays_answer(3000);
    scenario.sandbox.fault(last);
    scenario
        .workspace
        .set_environment("TF_LOG_PROVIDER", "INFO");
    let applying = scenario.start_apply();
    for hundreds in 1..COUNT / 100 {
        applying.has_said(&format!("tried={hundreds}00 total={COUNT}"));
    }
    let peak = applying.provider().peak_memory();
    applying.outcome().succeeded();
    assert!(peak < 128 << 20, "{peak} bytes");
    let requests = scenario.sandbox.requests();
    assert_eq!(requests.count("PATCH", "/sims/*"), COUNT);
    // The data source's pages, and one of a connector to which nothing is mapped yet.
    assert_eq!(requests.count("GET", "/sims"), PAGES + 1);

    scenario.sandbox.forget_requests();
    scenario.expect_no_changes();
    let requests = scenario.sandbox.requests();
    assert!(requests.only_read());
    assert_eq!(requests.count("GET", "/sims"), 2 * PAGES);
    scenario.finish();
}
