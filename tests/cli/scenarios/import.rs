//! Imports of connectors made by hand, without changes.

use serde_json::{Value, json};

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// `terraform import`, for a connector of each type.
pub(crate) fn by_id(cli: Cli) {
    for (connector, config) in [https(), tls(), aws_iot_core(), microsoft_azure_iot()] {
        let mut scenario = Scenario::start(cli);
        scenario.create_by_hand(&connector);
        scenario.configure(&config);
        scenario.run(&["import", TEST, "fleet"]).succeeded();
        assert_eq!(scenario.state(TEST)["type"], connector["type"]);
        scenario.finish();
    }
}

/// An `import` block is planned, then applied, and nothing is sent.
pub(crate) fn by_block(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.create_by_hand(&https().0);
    scenario.sandbox.forget_requests();
    scenario.configure(&format!(
        "{HTTPS}\nimport {{\n  to = {TEST}\n  id = \"fleet\"\n}}\n"
    ));
    assert_eq!(scenario.plan().change(TEST).actions(), ["no-op"]);
    scenario.apply();
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}

/// Only a new name must match the pattern. An existing connector with another name is managed like
/// any other.
pub(crate) fn old_name(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let mut connector = https().0;
    connector["name"] = json!("old name.1");
    scenario.sandbox.put_connector("old name.1", connector);
    let data = "data \"onomondo_connector\" \"test\" {\n  name = \"old name.1\"\n}\n";
    let config = HTTPS.replace("fleet", "old name.1");
    scenario.configure(&format!(
        "{config}\nimport {{\n  to = {TEST}\n  id = \"old name.1\"\n}}\n{data}"
    ));
    assert_eq!(scenario.plan().change(TEST).actions(), ["no-op"]);
    scenario.apply();
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    scenario.expect_no_changes();

    scenario.edit(
        "name = \"old name.1\"\n\n  https",
        "name = \"old name.2\"\n\n  https",
    );
    scenario
        .run(&["plan"])
        .failed()
        .says("`name` is `old name.2`");
    scenario.edit(
        "name = \"old name.2\"\n\n  https",
        "name = \"old name.1\"\n\n  https",
    );
    scenario.finish();
}

/// Names are segments of a path and parts of a filter, so each of these has to arrive as it is.
pub(crate) fn old_names(cli: Cli) {
    const NAMES: [&str; 6] = ["a/b", "50%", "flöte", "x", "?&#", "two  blanks"];
    let mut scenario = Scenario::start(cli);
    let mut config = String::new();
    for (index, name) in NAMES.iter().enumerate() {
        let mut connector = https().0;
        connector["name"] = json!(name);
        scenario.sandbox.put_connector(name, connector);
        let one = HTTPS.replace("\"test\"", &format!("\"test{index}\""));
        let import = format!("import {{\n  to = {TEST}{index}\n  id = \"{name}\"\n}}\n");
        config.push_str(&(one.replace("fleet", name) + &import));
    }
    scenario.configure(&config);
    let plan = scenario.plan();
    for index in 0..NAMES.len() {
        let change = plan.change(&format!("{TEST}{index}"));
        assert_eq!(change.actions(), ["no-op"]);
    }
    scenario.apply_plan();
    scenario
        .run(&["apply", "-refresh-only", "-auto-approve"])
        .succeeded();
    assert_eq!(scenario.instances().len(), NAMES.len());

    scenario.configure(&config.replace("/messages", "/other"));
    scenario.apply();
    for name in NAMES {
        let host = &scenario.connector(name)["options"]["host"];
        assert_eq!(host, "https://ingest.example.com/other");
    }
    scenario.finish();
}

/// A secret that the configuration omits is not managed. It stays as it is stored.
pub(crate) fn without_secrets(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let (mut connector, config) = tls();
    connector["options"]["ca"] = json!("-----BEGIN CERTIFICATE-----");
    scenario.create_by_hand(&connector);
    let stored = scenario.connector("fleet")["secrets"].clone();
    scenario.configure(&config);
    scenario.run(&["import", TEST, "fleet"]).succeeded();
    assert_eq!(scenario.state(TEST)["meta"]["ca"]["is_set"], true);
    scenario.expect_no_changes();
    scenario.apply();
    assert_eq!(scenario.connector("fleet")["secrets"], stored);
    scenario.finish();
}

/// The error lists similar names, since typos are common.
pub(crate) fn name_that_does_not_exist(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.create_by_hand(&https().0);
    scenario.configure(HTTPS);
    for (name, near_misses) in [
        ("fleets", "Did you mean `fleet`?"),
        ("FLEET", "Did you mean `fleet`? Names are case-sensitive."),
        ("connectors/fleet", "Did you mean `fleet`?"),
        ("meters", "Onomondo lists these connectors: `fleet`."),
    ] {
        let refused = scenario.run(&["import", TEST, name]).failed();
        refused
            .says(&format!("No connector `{name}`"))
            .says(near_misses);
    }
    let refused = scenario.run(&["import", TEST, ""]).failed();
    refused.says("The import ID must be the exact name of the connector");
    scenario.run(&["import", TEST, "fleet"]).succeeded();
    scenario.finish();
}

/// A type that Onomondo does not document cannot be managed, only read.
pub(crate) fn type_in_beta(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario
        .sandbox
        .put_connector("fleet", json!({"type": "mqtt"}));
    scenario.configure(HTTPS);
    scenario
        .run(&["import", TEST, "fleet"])
        .failed()
        .says("Connector `fleet` has a type that this provider does not support")
        .says("Its type is `mqtt`")
        .says("`options_json`");
    scenario.sandbox.remove_connector("fleet");
    scenario.configure("");
    scenario.finish();
}

// Connectors made by hand, and the configurations that describe them.

fn https() -> (Value, String) {
    let options = json!({"host": "https://ingest.example.com/messages"});
    (connector("https", &options), HTTPS.to_owned())
}

fn tls() -> (Value, String) {
    let options = json!({"host": "10.0.0.1", "port": 8883, "server_name": "a.example.com"});
    let config = r#"tls = {
    host        = "10.0.0.1"
    port        = 8883
    server_name = "a.example.com"
  }"#;
    (connector("tls", &options), resource(config))
}

fn aws_iot_core() -> (Value, String) {
    let options = json!({
        "region": "eu-west-1",
        "role": "arn:aws:iam::123456789012:role/onomondo",
        "publishTopic": "up",
        "subscribeTopic": "down",
        "defaultProtocol": "tcp",
        "defaultPort": 4000,
    });
    let config = r#"aws_iot_core = {
    region           = "eu-west-1"
    role             = "arn:aws:iam::123456789012:role/onomondo"
    publish_topic    = "up"
    subscribe_topic  = "down"
    default_protocol = "tcp"
    default_port     = 4000
  }"#;
    (connector("aws_iot_core", &options), resource(config))
}

/// The configuration omits the connection string. Onomondo keeps it.
fn microsoft_azure_iot() -> (Value, String) {
    let secret = "HostName=a.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=YQ==";
    let options = json!({"connectionString": secret});
    (
        connector("microsoft_azure_iot", &options),
        resource("microsoft_azure_iot = {}"),
    )
}

fn connector(kind: &str, options: &Value) -> Value {
    json!({"name": "fleet", "type": kind, "options": options})
}

fn resource(variant: &str) -> String {
    format!("resource \"onomondo_connector\" \"test\" {{\n  name = \"fleet\"\n\n  {variant}\n}}\n")
}
