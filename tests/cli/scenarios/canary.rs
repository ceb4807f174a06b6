//! No secret appears in any log or message. Write-only values appear in no file either.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;

use super::{CERTIFICATES, certificate};
use crate::cli::Cli;
use crate::hidden::{Secrets, unpacked};
use crate::outcome::Outcome;
use crate::scenario::Scenario;
use crate::support::sandbox::{KEY, on};

/// Part of the query of an `https` host. The state holds it in plain text, and a plan may show it.
const TOKEN: &str = "bm90LWZvci1sb2dzLWF0LWFsbA";

/// Keys in connection strings: the first of each kind is created, the second one replaces it.
const SHARED_KEYS: [&str; 4] = [
    "cGxhaW4tc2hhcmVkLWtleS1udW1iZXItb25l",
    "cGxhaW4tc2hhcmVkLWtleS1udW1iZXItdHdv",
    "d3JpdGUtb25seS1zaGFyZWQta2V5LW9uZQ",
    "d3JpdGUtb25seS1zaGFyZWQta2V5LXR3bw",
];

const LOG: &str = "trace.log";

/// Runs everything that can happen to a secret, with all logs on.
pub(crate) fn nothing_leaks(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let log = scenario.workspace.path(LOG).display().to_string();
    scenario.workspace.set_environment("TF_LOG", "TRACE");
    scenario.workspace.set_environment("TF_LOG_PATH", &log);
    let canary = Canary::new();

    configure(&mut scenario, "", SHARED_KEYS[0], SHARED_KEYS[2]);
    canary.watch_refusals(&scenario, "POST", "/connectors");
    canary.watch_apply(&scenario);

    configure(&mut scenario, "other-", SHARED_KEYS[1], SHARED_KEYS[3]);
    canary.watch_refusals(&scenario, "PATCH", "/connectors/*");
    canary.watch_apply(&scenario);

    for (connector, secret) in [
        ("tls", "ca"),
        ("tls", "key"),
        ("tls-wo", "key"),
        ("azure", "connectionString"),
        ("azure-wo", "connectionString"),
    ] {
        // A minute after the apply. Otherwise, the change would count as part of the apply.
        scenario.sandbox.advance_clock(60);
        scenario.sandbox.set_secret(connector, secret, "another");
    }
    canary.watch_apply(&scenario);
    let shown = scenario.workspace.run(&["show", "-no-color"]).succeeded();
    canary.watch(&scenario, &shown);
    let destroyed = scenario.run(&["destroy", "-auto-approve"]).succeeded();
    canary.watch(&scenario, &destroyed);

    let log = scenario.workspace.read(LOG);
    canary.watch_log(&String::from_utf8_lossy(&log));
    scenario.configure("");
    scenario.finish();
}

/// The secrets, by the places where they must not appear.
struct Canary {
    /// Must appear nowhere, not even in files: the API key and write-only values.
    stored: Secrets,
    /// Must not appear in any output of the CLI: the values above and sensitive ones.
    shown: Secrets,
    /// Must not appear in the provider's log: the values above and the token.
    logged: Secrets,
}

impl Canary {
    fn new() -> Self {
        let stored = [
            certificate("other-client-key.pem"),
            SHARED_KEYS[2].to_owned(),
            SHARED_KEYS[3].to_owned(),
            KEY.to_owned(),
        ];
        let sensitive = [
            certificate("ca.pem"),
            certificate("client.pem"),
            certificate("client-key.pem"),
            certificate("other-ca.pem"),
            certificate("other-client.pem"),
            SHARED_KEYS[0].to_owned(),
            SHARED_KEYS[1].to_owned(),
        ];
        let token = [TOKEN.to_owned()];
        Self {
            // A certificate contains the modulus of its key, and may be stored.
            stored: Secrets::new(&stored).except(&sensitive),
            shown: Secrets::new(&[&stored[..], &sensitive].concat()),
            logged: Secrets::new(&[&stored[..], &sensitive, &token].concat()),
        }
    }

    /// Checks the output and the files of a command.
    #[track_caller]
    fn watch(&self, scenario: &Scenario, said: &Outcome) {
        self.shown
            .expect_hidden("standard output", said.stdout.as_bytes());
        self.shown
            .expect_hidden("standard error", said.stderr.as_bytes());
        for file in ["terraform.tfstate", "terraform.tfstate.backup"] {
            if scenario.workspace.path(file).exists() {
                self.stored
                    .expect_hidden(file, &scenario.workspace.read(file));
            }
        }
    }

    #[track_caller]
    fn watch_apply(&self, scenario: &Scenario) {
        let planned = scenario.run(&["plan", "-out=plan.bin"]).succeeded();
        self.watch(scenario, &planned);
        let plan = unpacked(&scenario.workspace.path("plan.bin"));
        self.stored.expect_hidden("the plan file", &plan);
        self.watch(scenario, &scenario.apply_plan());
        assert!(scenario.workspace.path("terraform.tfstate").exists());
    }

    /// Makes the API refuse each connector's next write. The refusal repeats the sent secrets, as
    /// validators do, and those of other connectors. With `-target`, the process does not know the
    /// others' secrets.
    #[track_caller]
    fn watch_refusals(&self, scenario: &Scenario, method: &str, path: &str) {
        let all = sent(scenario);
        let secrets = all
            .each_ref()
            .map(|(_, secrets)| secrets.as_str())
            .join(" ");
        let encoded = BASE64_STANDARD.encode(&secrets);
        for (name, _) in all {
            let message = format!("not valid: {secrets}, sent with {KEY}, or {encoded}");
            let refusal = json!({"error": "options_invalid", "message": message});
            scenario
                .sandbox
                .fault(on(method, path).answers_with(400, refusal));
            let target = format!("-target=onomondo_connector.{name}");
            let refused = scenario.run(&["apply", "-auto-approve", &target]).failed();
            self.watch(scenario, &refused.says("options_invalid"));
        }
    }

    #[track_caller]
    fn watch_log(&self, log: &str) {
        self.stored.expect_hidden("the whole log", log.as_bytes());
        let lines = provider_lines(log);
        for word in ["POST", "PATCH", "DELETE", "server_name"] {
            assert!(lines.contains(word), "no `{word}` in the provider's log");
        }
        self.logged
            .expect_hidden("the provider's log", lines.as_bytes());
    }
}

/// The provider's lines in the CLI's log. OpenTofu itself logs sensitive values: "produced an
/// unexpected new value", if Read finds an outside change.
fn provider_lines(log: &str) -> String {
    let mut lines = String::new();
    let mut is_provider = false;
    for line in log.lines() {
        // Each entry begins with its date. Lines without a date continue the entry.
        if line.starts_with("20") {
            is_provider = line.contains("provider.terraform-provider-onomondo");
        }
        if is_provider {
            lines.push_str(line);
            lines.push('\n');
        }
    }
    lines
}

/// The secrets that each connector sends with the current configuration.
fn sent(scenario: &Scenario) -> [(&'static str, String); 4] {
    let read = |name: &str| String::from_utf8(scenario.workspace.read(name)).unwrap();
    let (ca, cert) = (read("ca.pem"), read("client.pem"));
    let (key, other_key) = (
        certificate("client-key.pem"),
        certificate("other-client-key.pem"),
    );
    [
        ("tls", format!("{ca} {cert} {key}")),
        ("tls_write_only", format!("{cert} {other_key}")),
        ("azure", read("plain")),
        ("azure_write_only", read("write-only")),
    ]
}

/// Connectors with secrets of each kind. `pair` selects one of two sets of certificates. The
/// configuration itself holds no secret, since a plan file contains a copy of it.
fn configure(scenario: &mut Scenario, pair: &str, plain: &str, write_only: &str) {
    for file in ["ca.pem", "client.pem"] {
        scenario
            .workspace
            .write(file, &certificate(&format!("{pair}{file}")));
    }
    for (file, shared_key) in [("plain", plain), ("write-only", write_only)] {
        let text = format!("HostName=h;SharedAccessKeyName=n;SharedAccessKey={shared_key}");
        scenario.workspace.write(file, &text);
    }
    scenario.configure(&format!(
        r#"
resource "onomondo_connector" "tls" {{
  name = "tls"

  tls = {{
    host        = "ingest.example.com"
    port        = 8883
    server_name = "ingest.example.com"
    ca          = file("ca.pem")
    cert        = file("client.pem")
    key         = file("{CERTIFICATES}/client-key.pem")
  }}
}}

resource "onomondo_connector" "tls_write_only" {{
  name = "tls-wo"

  tls = {{
    host        = "ingest.example.com"
    port        = 8883
    server_name = "ingest.example.com"
    cert        = file("client.pem")
    key_wo      = file("{CERTIFICATES}/other-client-key.pem")
  }}
}}

resource "onomondo_connector" "azure" {{
  name = "azure"

  microsoft_azure_iot = {{
    connection_string = file("plain")
  }}
}}

resource "onomondo_connector" "azure_write_only" {{
  name = "azure-wo"

  microsoft_azure_iot = {{
    connection_string_wo = file("write-only")
  }}
}}

resource "onomondo_connector" "https" {{
  name  = "https"
  https = {{ host = "https://ingest.example.com/{pair}messages?key={TOKEN}" }}
}}
"#
    ));
}
