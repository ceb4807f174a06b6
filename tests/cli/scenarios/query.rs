//! `terraform query`: lists unmanaged connectors and generates the configuration to import them.

use serde_json::{Value, json};

use super::TEST;
use crate::cli::Cli;
use crate::outcome::Outcome;
use crate::scenario::Scenario;
use crate::support::sandbox::{SUPPLIER, on};

/// The TLS connector in the account below.
const METERS: &str = r#"
resource "onomondo_connector" "test" {
  name        = "meters"
  passthrough = [{ protocol = "udp", ip = "1.1.1.1", port = 53 }, { protocol = "icmp" }]

  tls = {
    host        = "10.0.0.1"
    port        = 8883
    server_name = "a.example.com"
  }
}
"#;

/// Shows each connector with its identity, name and type.
pub(crate) fn shows_what_there_is(cli: Cli) {
    let scenario = account(cli);
    let said = query(&scenario, "", &[]).succeeded();
    let lines = said.stdout.lines().filter(|line| line.starts_with("list."));
    let lines: Vec<_> = lines
        .map(|line| {
            line.split_whitespace()
                .skip(1)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        lines,
        [
            "name=cloud cloud (aws_iot_core)",
            "name=hub hub (microsoft_azure_iot)",
            "name=meters meters (tls)",
            "name=web web (https)",
        ]
    );
    said.says_nothing_of("Warning:");
    assert_eq!(scenario.sandbox.requests().lines(), ["GET /connectors 200"]);
    end(scenario);
}

/// A connector must match all filters. The letter case of a tag does not matter.
pub(crate) fn filters(cli: Cli) {
    let scenario = account(cli);
    let only = |config: &str, names: &[&str]| {
        let said = query(&scenario, &format!("config {{\n{config}\n}}"), &["-json"]).succeeded();
        assert_eq!(found(&said, "display_name"), names, "{config}");
    };
    only(r#"type = "tls""#, &["meters (tls)"]);
    only(
        &format!("tag = {:?}", SUPPLIER.to_uppercase()),
        &["hub (microsoft_azure_iot)", "web (https)"],
    );
    only(
        r#"name_regex = "^(web|hub)$""#,
        &["hub (microsoft_azure_iot)", "web (https)"],
    );
    only(
        &format!("type = \"https\"\ntag = {SUPPLIER:?}\nname_regex = \"e\""),
        &["web (https)"],
    );
    only(r#"name_regex = "^e""#, &[]);
    end(scenario);
}

/// The limit applies, with a warning about the rest: an account may have more than the CLI asks
/// for.
pub(crate) fn limit(cli: Cli) {
    let scenario = account(cli);
    query(&scenario, "limit = 3", &[])
        .succeeded()
        .says("name=meters")
        .says_nothing_of("name=web")
        .says("Warning: Only 3 of 4 connectors are listed")
        .says("`limit = 4`");
    end(scenario);
}

/// Onomondo has beta types. They cannot be managed, but do no harm.
pub(crate) fn unknown_types(cli: Cli) {
    let scenario = account(cli);
    for name in ["beta-1", "beta-2"] {
        let connector = json!({"type": "mqtt_beta", "options": {"topic": "up"}});
        scenario.sandbox.put_connector(name, connector);
    }
    query(&scenario, "", &["-generate-config-out=generated.tf"])
        .succeeded()
        .says("name=web")
        .says_nothing_of("name=beta")
        .says("Warning: 2 connectors have types that cannot be managed")
        .says("2 of type `mqtt_beta`");
    assert!(!generated(&scenario).contains("beta"));
    scenario.workspace.remove("generated.tf");
    end(scenario);
}

/// The query skips an unreadable entry: it could not be managed.
pub(crate) fn odd_entry(cli: Cli) {
    let scenario = account(cli);
    let odd = json!({
        "type": "https", "options": { "host": "https://odd.example.com" },
        "answered": { "meta": { "version": 3 } },
    });
    scenario.sandbox.put_connector("odd", odd);
    let warning = "Warning: 1 connector in the list cannot be read";
    query(&scenario, "", &[])
        .succeeded()
        .says("name=web")
        .says_nothing_of("name=odd")
        .says(warning)
        .says("`odd`: `meta.version` is a number instead of an object");
    query(&scenario, "config {\nname_regex = \"^web$\"\n}", &[])
        .succeeded()
        .says("name=web")
        .says_nothing_of(warning);
    scenario.sandbox.remove_connector("odd");
    end(scenario);
}

/// The object equals the state after an import.
pub(crate) fn resource_object(cli: Cli) {
    let mut scenario = account(cli);
    let said = query(
        &scenario,
        "include_resource = true\nconfig {\nname_regex = \"^meters$\"\n}",
        &["-json"],
    )
    .succeeded();
    let [object] = &found(&said, "resource_object")[..] else {
        panic!("{}", said.stdout)
    };
    scenario.configure(METERS);
    scenario.run(&["import", TEST, "meters"]).succeeded();
    assert_eq!(*object, scenario.state(TEST));
    for other in ["cloud", "hub", "web"] {
        scenario.sandbox.remove_connector(other);
    }
    scenario.finish();
}

/// One file for a whole account. It only imports: nothing is sent, and the next plan is empty.
pub(crate) fn generated_configuration(cli: Cli) {
    let scenario = account(cli);
    let before = scenario.sandbox.state().names().len();
    query(&scenario, "", &["-generate-config-out=generated.tf"]).succeeded();
    insta::assert_snapshot!("generated", generated(&scenario));
    let plan = scenario.plan();
    for index in 0..before {
        let address = format!("onomondo_connector.all_{index}");
        assert_eq!(plan.change(&address).actions(), ["no-op"]);
    }
    plan.says_nothing_of("Warning:");
    scenario.apply_plan();
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}

/// `validate` reports each error, before any request.
pub(crate) fn wrong_filters(cli: Cli) {
    let scenario = account(cli);
    let config = "config {\ntype = \"\"\ntag = \"Supplier\"\nname_regex = \"fleet-(a|b\"\n}";
    write(&scenario, config);
    for command in [&["validate", "-query"][..], &["query"]] {
        let arguments = [command, &["-no-color"]].concat();
        scenario
            .workspace
            .run(&arguments)
            .failed()
            .says("Error: Invalid `type`")
            .says("`type` is empty.")
            .says("Error: Invalid `tag`")
            .says("`tag` is `Supplier`. Use the ID of the tag")
            .says("Error: Invalid `name_regex`")
            .says("at character 7");
    }
    assert!(scenario.sandbox.requests().lines().is_empty());
    end(scenario);
}

/// The error has the same words as for every other call.
pub(crate) fn refused_key(cli: Cli) {
    let scenario = account(cli);
    scenario
        .sandbox
        .fault(on("GET", "/connectors").answers(401));
    query(&scenario, "", &[])
        .failed()
        .says("Error: Could not list the connectors: the API key was rejected")
        .says("ONOMONDO_API_KEY");
    end(scenario);
}

/// An account with one connector of each type, made by hand.
pub(super) fn account(cli: Cli) -> Scenario {
    let scenario = Scenario::start(cli);
    for connector in [
        json!({"name": "web", "type": "https", "tags": [SUPPLIER],
            "options": {"host": "https://ingest.example.com/messages"}}),
        json!({"name": "meters", "type": "tls",
            "options": {"host": "10.0.0.1", "port": 8883, "server_name": "a.example.com", "key": "by hand"},
            "passthrough": [{"protocol": "udp", "ip": "1.1.1.1", "port": 53}, {"protocol": "icmp"}]}),
        json!({"name": "hub", "type": "microsoft_azure_iot", "tags": [SUPPLIER],
            "options": {"connectionString": "by hand"}}),
        json!({"name": "cloud", "type": "aws_iot_core",
            "options": {"region": "eu-west-1", "role": "arn:aws:iam::123456789012:role/onomondo",
                "publishTopic": "up", "subscribeTopic": "down", "defaultProtocol": "tcp",
                "defaultPort": 4000}}),
    ] {
        scenario.create_by_hand(&connector);
    }
    scenario.sandbox.forget_requests();
    scenario
}

/// Ends a scenario that managed nothing.
fn end(scenario: Scenario) {
    for name in scenario.sandbox.state().names() {
        scenario.sandbox.remove_connector(name);
    }
    scenario.finish();
}

fn write(scenario: &Scenario, inside: &str) {
    let list =
        format!("list \"onomondo_connector\" \"all\" {{\n  provider = onomondo\n{inside}\n}}\n");
    scenario.workspace.write("all.tfquery.hcl", &list);
}

/// Runs a query with these lines in its `list` block.
fn query(scenario: &Scenario, inside: &str, arguments: &[&str]) -> Outcome {
    write(scenario, inside);
    let command = ["query", "-no-color"];
    scenario.workspace.run(&[&command, arguments].concat())
}

/// The results under this name in the output of `query -json`.
fn found(said: &Outcome, name: &str) -> Vec<Value> {
    let lines = said.stdout.lines().map(serde_json::from_str::<Value>);
    let found = lines.filter_map(|line| {
        line.unwrap()
            .get_mut("list_resource_found")
            .map(Value::take)
    });
    found.map(|mut found| found[name].take()).collect()
}

fn generated(scenario: &Scenario) -> String {
    String::from_utf8(scenario.workspace.read("generated.tf")).unwrap()
}
