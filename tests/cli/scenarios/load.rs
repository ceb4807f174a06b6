//! Many connectors at once, against the API's limit of 600 requests a minute, with time sped up.
//! Nothing fails, nothing is sent twice, and the account is exact after every step.

use std::time::{Duration, Instant};

use super::CERTIFICATES;
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{Requests, sha256};

/// The parameters of one run.
struct Load {
    connectors: usize,
    /// The CLI's `-parallelism`.
    parallelism: u32,
    /// The requests that the API allows in a window, and the seconds of that window.
    limit: (u32, u32),
}

/// One step, for the table.
struct Step {
    name: &'static str,
    took: Duration,
    requests: Requests,
}

/// With the default parallelism of CLIs, and with a high one.
pub(crate) fn a_hundred_connectors(cli: Cli) {
    for parallelism in [10, 50] {
        let load = Load {
            connectors: 100,
            parallelism,
            limit: (60, 2),
        };
        load.run(cli);
    }
}

/// The answer to a write shows what became of its secrets. Lists are needed only to check names,
/// and all connectors share one.
pub(crate) fn one_request_a_write(cli: Cli) {
    const COUNT: usize = 20;
    let mut scenario = Scenario::start(cli);
    scenario.configure(&format!(
        r#"
resource "onomondo_connector" "test" {{
  count = {COUNT}
  name  = "fleet-${{count.index}}"
  tls = {{
    host        = "ingest.example.com"
    port        = 8883
    server_name = "ingest.example.com"
    key         = file("{CERTIFICATES}/client-key.pem")
  }}
}}
"#
    ));
    expect_requests(&scenario, "POST", COUNT);
    scenario.edit("8883", "8884");
    expect_requests(&scenario, "PATCH", COUNT);
    scenario.edit("fleet-", "depot-");
    expect_requests(&scenario, "PATCH", COUNT);
    scenario.configure("");
    expect_requests(&scenario, "DELETE", COUNT);
    scenario.finish();
}

/// Applies, and checks that this takes `count` requests of this method and a few lists.
#[track_caller]
fn expect_requests(scenario: &Scenario, method: &str, count: usize) {
    scenario.sandbox.forget_requests();
    scenario.apply();
    let requests = scenario.sandbox.requests();
    let lists = requests.count("GET", "*");
    assert_eq!(requests.count(method, "*"), count, "{:?}", requests.lines());
    // One list for the plan, one to check the names, and one to be certain.
    assert!(lists <= 3, "{:?}", requests.lines());
}

/// As many as one list of the API holds. With one more, a name that is not listed may still exist.
pub(crate) fn a_thousand_connectors(cli: Cli) {
    for parallelism in [10, 50] {
        let load = Load {
            connectors: 1000,
            parallelism,
            limit: (600, 6),
        };
        println!("\n1000 connectors at -parallelism={parallelism}, 600 requests in 6 s:");
        for step in load.run(cli) {
            println!("{}", step.line());
        }
    }
}

impl Load {
    fn run(&self, cli: Cli) -> Vec<Step> {
        let mut scenario = Scenario::start(cli);
        let (requests, seconds) = self.limit;
        scenario.sandbox.rate_limit(requests, seconds);
        // Speeds up the provider's pace like the sandbox's clock, so that the API's answers set the
        // limit.
        let per_minute = requests * 60 / seconds;
        scenario.provider(&format!("requests_per_minute = {per_minute}"));
        scenario.configure(&self.config("ingest.example.com"));

        let create = self.step(&scenario, "create", &["apply", "-auto-approve"]);
        self.expect_all(&scenario, "ingest.example.com");
        create.wrote_each_once("POST", self.connectors);

        let refresh = self.step(&scenario, "refresh", &["plan", "-detailed-exitcode"]);
        assert!(refresh.requests.only_read());

        scenario.configure(&self.config("other.example.com"));
        let change = self.step(&scenario, "change", &["apply", "-auto-approve"]);
        self.expect_all(&scenario, "other.example.com");
        change.wrote_each_once("PATCH", self.connectors);

        let destroy = self.step(&scenario, "destroy", &["destroy", "-auto-approve"]);
        destroy.wrote_each_once("DELETE", self.connectors);
        scenario.configure("");
        scenario.finish();
        vec![create, refresh, change, destroy]
    }

    fn step(&self, scenario: &Scenario, name: &'static str, command: &[&str]) -> Step {
        scenario.sandbox.forget_requests();
        let parallelism = format!("-parallelism={}", self.parallelism);
        let begin = Instant::now();
        scenario
            .run(&[command, &[&parallelism]].concat())
            .succeeded();
        Step {
            name,
            took: begin.elapsed(),
            requests: scenario.sandbox.requests(),
        }
    }

    /// Half of them have a secret, so the provider checks the account after each write.
    fn config(&self, host: &str) -> String {
        format!(
            r#"
locals {{
  host = "{host}"
  tls = {{
    host        = local.host
    port        = 8883
    server_name = local.host
    key         = file("{CERTIFICATES}/client-key.pem")
  }}
}}

resource "onomondo_connector" "test" {{
  count = {}
  name  = "fleet-${{count.index}}"
  https = count.index % 2 == 0 ? {{ host = "https://${{local.host}}/${{count.index}}" }} : null
  tls   = count.index % 2 == 1 ? local.tls : null
}}
"#,
            self.connectors
        )
    }

    #[track_caller]
    fn expect_all(&self, scenario: &Scenario, host: &str) {
        let key = std::fs::read_to_string(format!("{CERTIFICATES}/client-key.pem")).unwrap();
        let key = sha256(&key);
        let state = scenario.sandbox.state();
        assert_eq!(state.names().len(), self.connectors);
        for index in 0..self.connectors {
            let name = format!("fleet-{index}");
            let connector = state.connector(&name);
            if index % 2 == 0 {
                let url = format!("https://{host}/{index}");
                assert_eq!(connector["options"]["host"], url, "{name}");
            } else {
                assert_eq!(connector["options"]["host"], host, "{name}");
                assert_eq!(state.secret(&name, "key"), Some(&*key), "{name}");
            }
        }
    }
}

impl Step {
    /// Fails the test unless the API carried out exactly this many writes. Writes refused by the
    /// rate limit do not count.
    #[track_caller]
    fn wrote_each_once(&self, method: &str, count: usize) {
        let carried_out = self.requests.with_outcome(method, "200");
        assert_eq!(carried_out, count, "{}", self.line());
        let refused = self.requests.with_outcome(method, "429");
        assert_eq!(self.requests.count(method, "*"), count + refused);
    }

    fn line(&self) -> String {
        let count = |method| self.requests.count(method, "*");
        let methods = ["GET", "POST", "PATCH", "DELETE"];
        let counts = methods.map(|method| format!("{:>5} {method}", count(method)));
        let limited: usize = methods
            .iter()
            .map(|method| self.requests.with_outcome(method, "429"))
            .sum();
        let seconds = self.took.as_secs_f64();
        format!(
            "{:8}{seconds:>7.1} s {} {limited:>5} times 429",
            self.name,
            counts.join(" ")
        )
    }
}
