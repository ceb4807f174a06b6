//! A connector made by hand, whose secrets may be lost.

use serde_json::{Value, json};

use super::{CERTIFICATES, TEST, certificate, tls};
use crate::cli::Cli;
use crate::scenario::Scenario;

const IMPORT: &str = r#"
import {
  to = onomondo_connector.test
  id = "fleet"
}
"#;

/// An omitted secret is unmanaged: every plan is empty, with or without a refresh.
pub(crate) fn without_secrets_plans_to_nothing(cli: Cli) {
    let mut scenario = made_by_hand(cli);
    scenario.configure(&format!("{}{IMPORT}", tls("")));
    let plan = scenario.plan();
    assert_eq!(plan.change(TEST).actions(), ["no-op"]);
    plan.says_nothing_of("Warning:");
    scenario.apply_plan();
    for _ in 0..2 {
        scenario.expect_no_changes();
        // The exit status does not work here. Before 1.13, Terraform orders the paths of sensitive
        // attributes differently in each state, and reports that as a change.
        scenario
            .run(&["plan", "-refresh-only"])
            .succeeded()
            .says("No changes.")
            .says_nothing_of("Warning:");
    }
    assert!(scenario.sandbox.requests().only_read());
    expect_by_hand(&scenario);
    scenario.finish();
}

/// With a secret in the configuration, the first plan after the import sends it once.
pub(crate) fn secret_is_sent_once(cli: Cli) {
    let mut scenario = made_by_hand(cli);
    scenario.configure(&tls(""));
    scenario.run(&["import", TEST, "fleet"]).succeeded();
    let key = format!("key = file(\"{CERTIFICATES}/client-key.pem\")");
    scenario.configure(&tls(&key));
    scenario.sandbox.forget_requests();
    scenario.apply_in_place(&["tls.key"]);
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.expect_secret("ca", "a CA by hand");
    scenario.expect_no_changes();
    scenario.apply();
    assert_eq!(scenario.sandbox.requests().count("PATCH", "*"), 1);

    // When it is no longer managed, it stays. There is a warning, and nothing is sent.
    scenario.sandbox.forget_requests();
    scenario.configure(&tls(""));
    scenario
        .plan_in_place(&["tls.key"])
        .says("Warning:")
        .says("no longer managed")
        .says("`key`");
    scenario.apply_plan();
    assert!(scenario.sandbox.requests().only_read());
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.finish();
}

/// The plan that imports the connector also sends the secret.
pub(crate) fn secret_is_sent_with_the_import(cli: Cli) {
    let mut scenario = made_by_hand(cli);
    let key = format!("key_wo = file(\"{CERTIFICATES}/client-key.pem\")");
    scenario.configure(&format!("{}{IMPORT}", tls(&key)));
    scenario.apply_in_place(&["tls.key_wo_version"]);
    scenario.expect_secret("key", &certificate("client-key.pem"));
    assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 1);
    scenario.finish();
}

/// Changes an option while Onomondo holds a secret that the configuration omits.
pub(crate) fn other_options_warn(cli: Cli) {
    let mut scenario = made_by_hand(cli);
    scenario.configure(&tls(""));
    scenario.run(&["import", TEST, "fleet"]).succeeded();
    scenario.edit("8883", "8884");
    scenario
        .plan_in_place(&["tls.port"])
        .says("Warning:")
        .says("`ca`")
        .says("`key`");
    scenario.apply_plan();
    expect_by_hand(&scenario);
    scenario.finish();
}

/// For each type, the configuration that the CLI generates imports the connector without changes.
pub(crate) fn generated_configuration(cli: Cli) {
    let import = IMPORT;
    for connector in [
        json!({"type": "https", "options": {"host": "https://ingest.example.com/messages"}}),
        json!({"type": "tls", "options": {
            "host": "10.0.0.1", "port": 8883, "server_name": "a.example.com", "key": "a key by hand",
        }}),
        json!({"type": "aws_iot_core", "options": {
            "region": "eu-west-1", "role": "arn:aws:iam::123456789012:role/onomondo", "publishTopic": "up",
            "subscribeTopic": "down", "defaultProtocol": "tcp", "defaultPort": 4000,
        }}),
        json!({"type": "microsoft_azure_iot", "options": {"connectionString": "by hand"},
            "passthrough": [{"protocol": "udp", "ip": "1.1.1.1", "port": 53}, {"protocol": "icmp"}],
            "tags": [crate::support::sandbox::SUPPLIER],
        }),
    ] {
        let mut scenario = Scenario::start(cli);
        scenario.create_by_hand(&named(&connector));
        scenario.sandbox.forget_requests();
        scenario.configure(import);
        scenario
            .run(&["plan", "-generate-config-out=generated.tf"])
            .succeeded();
        let generated = scenario.workspace.read("generated.tf");
        let generated = String::from_utf8(generated).unwrap();
        let plan = scenario.plan();
        assert_eq!(plan.change(TEST).actions(), ["no-op"], "{generated}");
        plan.says_nothing_of("Warning:");
        scenario.apply_plan();
        assert!(scenario.sandbox.requests().only_read());
        scenario.finish();
    }
}

/// A connector with three secrets. The configuration has none of them.
fn made_by_hand(cli: Cli) -> Scenario {
    let scenario = Scenario::start(cli);
    scenario.create_by_hand(&named(&json!({"type": "tls", "options": {
        "host": "ingest.example.com", "port": 8883, "server_name": "ingest.example.com",
        "ca": "a CA by hand", "cert": "a certificate by hand", "key": "a key by hand",
    }})));
    scenario.sandbox.forget_requests();
    scenario
}

fn expect_by_hand(scenario: &Scenario) {
    scenario.expect_secret("ca", "a CA by hand");
    scenario.expect_secret("cert", "a certificate by hand");
    scenario.expect_secret("key", "a key by hand");
}

fn named(connector: &Value) -> Value {
    let mut connector = connector.clone();
    connector["name"] = json!("fleet");
    connector
}
