//! The life of each variant: created, each attribute changed in place, destroyed.

use serde_json::{Value, json};

use super::{CERTIFICATES, HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

pub(crate) fn https(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let connector = scenario.account.connector("fleet");
    assert_eq!(connector["type"], "https");
    assert_eq!(
        connector["options"],
        json!({"host": "https://ingest.example.com/messages", "shouldReturnBody": false})
    );
    assert_eq!(scenario.state(TEST)["type"], "https");

    change_each(
        &mut scenario,
        "https",
        &[
            (
                "ingest.example.com",
                "other.example.com",
                "host",
                "host",
                json!("https://other.example.com/messages"),
            ),
            (
                "https = {",
                "https = {\nshould_return_body = true",
                "should_return_body",
                "shouldReturnBody",
                json!(true),
            ),
        ],
    );
    scenario.finish();
}

pub(crate) fn tls(cli: Cli) {
    let config = format!(
        r#"
resource "onomondo_connector" "test" {{
  name = "fleet"

  tls = {{
    host        = "ingest.example.com"
    port        = 8883
    server_name = "sni.example.com"
    ca          = file("{CERTIFICATES}/ca.pem")
    cert        = file("{CERTIFICATES}/client.pem")
    key         = file("{CERTIFICATES}/client-key.pem")
  }}
}}
"#
    );
    let mut scenario = Scenario::applied(cli, &config);
    let connector = scenario.account.connector("fleet");
    assert_eq!(connector["type"], "tls");
    assert_eq!(
        connector["options"],
        json!({"host": "ingest.example.com", "port": 8883, "server_name": "sni.example.com"})
    );
    for secret in ["ca", "cert", "key"] {
        assert_eq!(connector["meta"][secret]["is_set"], true, "{secret}");
        assert_eq!(
            scenario.state(TEST)["meta"][secret]["is_set"],
            true,
            "{secret}"
        );
    }

    change_each(
        &mut scenario,
        "tls",
        &[
            (
                "ingest.example.com",
                "10.0.0.1",
                "host",
                "host",
                json!("10.0.0.1"),
            ),
            ("8883", "8884", "port", "port", json!(8884)),
            (
                "sni.example.com",
                "other.example.com",
                "server_name",
                "server_name",
                json!("other.example.com"),
            ),
        ],
    );
    // The CA certificate stands in for the client's, so that nothing but the secret is new.
    let before = scenario.account.connector("fleet")["meta"].clone();
    scenario.edit("client.pem", "ca.pem");
    scenario.apply_in_place(&["tls.cert"]);
    let after = scenario.account.connector("fleet")["meta"].clone();
    assert_ne!(before["cert"], after["cert"]);
    scenario.finish();
}

pub(crate) fn aws_iot_core(cli: Cli) {
    let mut scenario = Scenario::applied(
        cli,
        r#"
resource "onomondo_connector" "test" {
  name = "fleet"

  aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/onomondo"
    publish_topic    = "devices/telemetry"
    subscribe_topic  = "devices/commands"
    default_protocol = "udp"
    default_port     = 4000
  }
}
"#,
    );
    let connector = scenario.account.connector("fleet");
    assert_eq!(connector["type"], "aws_iot_core");
    assert_eq!(
        connector["options"],
        json!({
            "region": "eu-west-1",
            "role": "arn:aws:iam::123456789012:role/onomondo",
            "publishTopic": "devices/telemetry",
            "subscribeTopic": "devices/commands",
            "defaultProtocol": "udp",
            "defaultPort": 4000,
        })
    );

    change_each(
        &mut scenario,
        "aws_iot_core",
        &[
            (
                "eu-west-1",
                "eu-north-1",
                "region",
                "region",
                json!("eu-north-1"),
            ),
            (
                ":role/onomondo",
                ":role/other",
                "role",
                "role",
                json!("arn:aws:iam::123456789012:role/other"),
            ),
            (
                "devices/telemetry",
                "up",
                "publish_topic",
                "publishTopic",
                json!("up"),
            ),
            (
                "devices/commands",
                "down",
                "subscribe_topic",
                "subscribeTopic",
                json!("down"),
            ),
            (
                r#""udp""#,
                r#""tcp""#,
                "default_protocol",
                "defaultProtocol",
                json!("tcp"),
            ),
            ("4000", "65535", "default_port", "defaultPort", json!(65535)),
        ],
    );
    scenario.finish();
}

pub(crate) fn microsoft_azure_iot(cli: Cli) {
    let mut scenario = Scenario::applied(
        cli,
        r#"
resource "onomondo_connector" "test" {
  name = "fleet"

  microsoft_azure_iot = {
    connection_string = "HostName=hub.azure-devices.net;SharedAccessKeyName=fleet;SharedAccessKey=Zmlyc3Q="
  }
}
"#,
    );
    let before = scenario.account.connector("fleet");
    assert_eq!(before["type"], "microsoft_azure_iot");
    assert_eq!(before["options"], json!({}));
    assert_eq!(before["meta"]["connectionString"]["is_set"], true);
    assert_eq!(
        scenario.state(TEST)["meta"]["connection_string"]["is_set"],
        true
    );

    scenario.edit("Zmlyc3Q=", "c2Vjb25k");
    scenario.apply_in_place(&["microsoft_azure_iot.connection_string"]);
    let after = scenario.account.connector("fleet");
    assert_ne!(
        before["meta"]["connectionString"],
        after["meta"]["connectionString"]
    );
    scenario.finish();
}

/// The API picks the name, and it is as stable as one from the configuration.
pub(crate) fn name_left_out(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&HTTPS.replace(r#"name = "fleet""#, ""));
    assert!(scenario.plan().change(TEST).is_unknown("/name"));
    scenario.apply();
    let connectors = scenario.account.connectors();
    assert_eq!(connectors.len(), 1);
    assert_eq!(scenario.state(TEST)["name"], connectors[0]["name"]);
    scenario.expect_no_changes();

    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    assert_eq!(
        scenario.account.connectors()[0]["name"],
        connectors[0]["name"]
    );
    scenario.finish();
}

/// What is edited into what, the attribute that this changes, its name in the API, its new value.
type Step<'text> = (&'text str, &'text str, &'text str, &'text str, Value);

/// Changes one attribute after the other, each in place and each seen in the account.
fn change_each(scenario: &mut Scenario, variant: &str, steps: &[Step<'_>]) {
    for (from, to, attribute, member, value) in steps {
        scenario.edit(from, to);
        scenario.apply_in_place(&[&format!("{variant}.{attribute}")]);
        assert_eq!(
            scenario.account.connector("fleet")["options"][*member],
            *value
        );
    }
}
