//! The life cycle of each variant: it is created, each attribute is changed in place, it is
//! destroyed.

use serde_json::json;

use super::{CERTIFICATES, HTTPS, TEST, certificate};
use crate::cli::Cli;
use crate::scenario::Scenario;

pub(crate) fn https(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let connector = scenario.connector("fleet");
    assert_eq!(connector["type"], "https");
    assert_eq!(
        connector["options"],
        json!({"host": "https://ingest.example.com/messages", "shouldReturnBody": false})
    );
    assert_eq!(scenario.state(TEST)["type"], "https");

    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    scenario.edit("https = {", "https = {\n    should_return_body = true");
    scenario.apply_in_place(&["https.should_return_body"]);
    assert_eq!(
        scenario.connector("fleet")["options"],
        json!({"host": "https://ingest.example.com/other", "shouldReturnBody": true})
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
    let connector = scenario.connector("fleet");
    assert_eq!(connector["type"], "tls");
    assert_eq!(
        connector["options"],
        json!({"host": "ingest.example.com", "port": 8883, "server_name": "sni.example.com"})
    );
    for (secret, file) in [
        ("ca", "ca.pem"),
        ("cert", "client.pem"),
        ("key", "client-key.pem"),
    ] {
        scenario.expect_secret(secret, &certificate(file));
        assert_eq!(scenario.state(TEST)["meta"][secret]["is_set"], true);
    }

    for (from, to, attribute) in [
        ("ingest.example.com", "10.0.0.1", "tls.host"),
        ("8883", "8884", "tls.port"),
        ("sni.example.com", "a.example.com", "tls.server_name"),
        ("/ca.pem", "/other-ca.pem", "tls.ca"),
        ("/client.pem", "/other-client.pem", "tls.cert"),
        ("/client-key.pem", "/other-client-key.pem", "tls.key"),
    ] {
        scenario.edit(from, to);
        scenario.apply_in_place(&[attribute]);
    }
    assert_eq!(
        scenario.connector("fleet")["options"],
        json!({"host": "10.0.0.1", "port": 8884, "server_name": "a.example.com"})
    );
    scenario.expect_secret("ca", &certificate("other-ca.pem"));
    scenario.expect_secret("cert", &certificate("other-client.pem"));
    scenario.expect_secret("key", &certificate("other-client-key.pem"));
    scenario.finish();
}

pub(crate) fn aws_iot_core(cli: Cli) {
    let config = r#"
resource "onomondo_connector" "test" {
  name = "fleet"

  aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/first"
    publish_topic    = "devices/telemetry"
    subscribe_topic  = "devices/commands"
    default_protocol = "udp"
    default_port     = 4000
  }
}
"#;
    let mut scenario = Scenario::applied(cli, config);
    let connector = scenario.connector("fleet");
    assert_eq!(connector["type"], "aws_iot_core");
    assert_eq!(
        connector["options"],
        json!({
            "region": "eu-west-1",
            "role": "arn:aws:iam::123456789012:role/first",
            "publishTopic": "devices/telemetry",
            "subscribeTopic": "devices/commands",
            "defaultProtocol": "udp",
            "defaultPort": 4000,
        })
    );

    for (from, to, attribute) in [
        ("eu-west-1", "eu-north-1", "region"),
        ("role/first", "role/second", "role"),
        ("devices/telemetry", "up", "publish_topic"),
        ("devices/commands", "down", "subscribe_topic"),
        ("\"udp\"", "\"tcp\"", "default_protocol"),
        ("4000", "65535", "default_port"),
    ] {
        scenario.edit(from, to);
        scenario.apply_in_place(&[&format!("aws_iot_core.{attribute}")]);
    }
    assert_eq!(
        scenario.connector("fleet")["options"],
        json!({
            "region": "eu-north-1",
            "role": "arn:aws:iam::123456789012:role/second",
            "publishTopic": "up",
            "subscribeTopic": "down",
            "defaultProtocol": "tcp",
            "defaultPort": 65535,
        })
    );
    scenario.finish();
}

pub(crate) fn microsoft_azure_iot(cli: Cli) {
    const FIRST: &str = "HostName=a.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=YQ==";
    const SECOND: &str = "HostName=b.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=Yg==";
    let config = format!(
        r#"
resource "onomondo_connector" "test" {{
  name = "fleet"

  microsoft_azure_iot = {{
    connection_string = "{FIRST}"
  }}
}}
"#
    );
    let mut scenario = Scenario::applied(cli, &config);
    let connector = scenario.connector("fleet");
    assert_eq!(connector["type"], "microsoft_azure_iot");
    assert_eq!(connector["options"], json!({}));
    scenario.expect_secret("connectionString", FIRST);
    assert_eq!(
        scenario.state(TEST)["meta"]["connection_string"]["is_set"],
        true
    );

    scenario.edit(FIRST, SECOND);
    scenario.apply_in_place(&["microsoft_azure_iot.connection_string"]);
    scenario.expect_secret("connectionString", SECOND);
    scenario.finish();
}

/// The API chooses the name. It is as stable as one from the configuration.
pub(crate) fn name_left_out(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&HTTPS.replace(r#"name = "fleet""#, ""));
    assert!(scenario.plan().change(TEST).is_unknown("/name"));
    scenario.apply();
    let name = scenario.state(TEST)["name"].as_str().unwrap().to_owned();
    assert_eq!(scenario.sandbox.state().names(), [&*name]);
    scenario.expect_no_changes();

    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    assert_eq!(scenario.sandbox.state().names(), [&*name]);
    scenario.finish();
}
