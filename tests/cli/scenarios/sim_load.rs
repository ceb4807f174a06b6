//! Many SIMs on one connector.

use super::HTTPS;
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

const COUNT: usize = 5000;
const PAGES: usize = 5;

/// Pages have at most 1000 SIMs, and each changed SIM takes one request. The provider's memory is
/// bounded by a few copies of the SIM IDs.
///
/// Five resources share the connector, since CLIs compare sets element by element. A single
/// resource with all SIMs would keep the CLI itself busy for minutes.
pub(crate) fn five_thousand(cli: Cli) {
    let mut scenario = Scenario::start_with(cli, &["--generate", "tags=1,sims=5000"]);
    scenario.sandbox.rate_limit(1_000_000, 60);
    scenario.provider("requests_per_minute = 1000000");
    let config = format!(
        r#"{HTTPS}
data "onomondo_sims" "all" {{
  activated = true
}}

resource "onomondo_connector_sims" "test" {{
  count     = {PAGES}
  connector = onomondo_connector.test.name
  sim_ids   = slice(sort(data.onomondo_sims.all.ids), count.index * 1000, (count.index + 1) * 1000)
}}
"#
    );
    scenario.configure(&config);
    // The API delays its last answer, so that this test can measure the provider's memory first.
    let last = on("PATCH", "/sims/*").nth(5000).delays_answer(3000);
    scenario.sandbox.fault(last);
    scenario
        .workspace
        .set_environment("TF_LOG_PROVIDER", "INFO");
    let applying = scenario.start_apply();
    for tried in ["tried=100", "tried=500", "tried=1000"] {
        applying.has_said(tried);
    }
    let peak = applying.provider().peak_memory();
    applying.outcome().succeeded();
    assert!(peak < 128 << 20, "{peak} bytes");
    let requests = scenario.sandbox.requests();
    assert_eq!(requests.count("PATCH", "/sims/*"), COUNT);
    // The pages of the data source, and at most one list of mapped SIMs for each resource.
    let lists = requests.count("GET", "/sims") - PAGES;
    assert!((1..=PAGES).contains(&lists), "{lists} lists");

    scenario.sandbox.forget_requests();
    scenario.expect_no_changes();
    let requests = scenario.sandbox.requests();
    assert!(requests.only_read());
    assert_eq!(requests.count("GET", "/sims"), 2 * PAGES);
    scenario.finish();
}
