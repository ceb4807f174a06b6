//! A connector made by hand comes under Terraform as it is.

use serde_json::{Value, json};

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// `terraform import`, for a connector of each type.
pub(crate) fn by_id(cli: Cli) {
    for (body, config) in by_hand() {
        let mut scenario = Scenario::start(cli);
        scenario.account.create(&body);
        scenario.configure(&config);
        scenario.run(&["import", TEST, "fleet"]).succeeded();
        assert_eq!(scenario.state(TEST)["type"], body["type"]);
        scenario.finish();
    }
}

/// An `import` block: planned, then applied, and nothing is sent.
pub(crate) fn by_block(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.account.create(&https());
    scenario.configure(&format!(
        "{HTTPS}\nimport {{\n  to = {TEST}\n  id = \"fleet\"\n}}\n"
    ));
    scenario.account.forget_requests();
    assert_eq!(scenario.plan().change(TEST).actions(), ["no-op"]);
    scenario.apply();
    assert!(scenario.account.writes().is_empty());
    scenario.finish();
}

/// A secret that the configuration does not mention stays as it is stored.
pub(crate) fn without_secrets(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let mut body = tls();
    body["options"]["ca"] = json!(include_str!(
        "../../../examples/terraform/certificates/ca.pem"
    ));
    scenario.account.create(&body);
    let stored = scenario.account.connector("fleet")["meta"].clone();
    assert_eq!(stored["ca"]["is_set"], true);
    scenario.configure(&by_hand()[1].1);
    scenario.run(&["import", TEST, "fleet"]).succeeded();
    scenario.expect_no_changes();
    assert_eq!(scenario.account.connector("fleet")["meta"], stored);
    scenario.finish();
}

pub(crate) fn name_that_does_not_exist(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.account.create(&https());
    scenario.configure(HTTPS);
    // Near misses are listed: a name is easily mistyped.
    scenario
        .run(&["import", TEST, "fleets"])
        .failed()
        .says("`fleets`")
        .says("`fleet`");
    scenario.run(&["import", TEST, "fleet"]).succeeded();
    scenario.finish();
}

/// What was made by hand, and the configuration that describes it.
fn by_hand() -> Vec<(Value, String)> {
    let resource = |variant: &str| {
        format!("resource \"onomondo_connector\" \"test\" {{\n  name = \"fleet\"\n{variant}\n}}\n")
    };
    vec![
        (https(), HTTPS.to_owned()),
        (
            tls(),
            resource(r#"tls = { host = "10.0.0.1", port = 8883, server_name = "a.example.com" }"#),
        ),
        (
            json!({"name": "fleet", "type": "aws_iot_core", "options": {
                "region": "eu-west-1", "role": "arn:aws:iam::123456789012:role/r", "publishTopic": "p",
                "subscribeTopic": "s", "defaultProtocol": "tcp", "defaultPort": 1,
            }}),
            resource(
                r#"aws_iot_core = {
                    region = "eu-west-1", role = "arn:aws:iam::123456789012:role/r", publish_topic = "p",
                    subscribe_topic = "s", default_protocol = "tcp", default_port = 1
                }"#,
            ),
        ),
        (
            json!({"name": "fleet", "type": "microsoft_azure_iot", "options": {
                "connectionString": "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw==",
            }}),
            resource("microsoft_azure_iot = {}"),
        ),
    ]
}

fn https() -> Value {
    json!({"name": "fleet", "type": "https", "options": {"host": "https://ingest.example.com/messages"}})
}

fn tls() -> Value {
    let options = json!({"host": "10.0.0.1", "port": 8883, "server_name": "a.example.com"});
    json!({"name": "fleet", "type": "tls", "options": options})
}
