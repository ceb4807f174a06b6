//! Data sources show connectors, whoever manages them.

use serde_json::{Value, json};

use super::{CERTIFICATES, HTTPS, certificate, tls};
use crate::cli::Cli;
use crate::hidden::Secrets;
use crate::scenario::Scenario;
use crate::support::sandbox::{PRODUCTION, SUPPLIER, on};

const ONE: &str = "data.onomondo_connector.test";
const ALL: &str = "data.onomondo_connectors.test";

/// All attributes of the resource except secrets, which only its own state holds.
pub(crate) fn by_name(cli: Cli) {
    let resource = tls(&format!(
        "ca   = file(\"{CERTIFICATES}/ca.pem\")\n    cert = file(\"{CERTIFICATES}/client.pem\")\n    \
         key  = file(\"{CERTIFICATES}/client-key.pem\")"
    ));
    let resource = resource.replace(
        "  tls = {",
        &format!(
            "  tags = [\"{SUPPLIER}\", \"{PRODUCTION}\"]\n  \
             passthrough = [{{ protocol = \"udp\", ip = \"1.1.1.1\", port = 53 }}]\n\n  tls = {{"
        ),
    );
    let mut scenario = Scenario::applied(cli, &resource);
    scenario
        .workspace
        .run(&["state", "rm", "onomondo_connector.test"])
        .succeeded();

    scenario.configure(&one("fleet"));
    scenario.plan();
    scenario.apply_plan();
    let found = scenario.state(ONE);
    let secrets = ["ca.pem", "client.pem", "client-key.pem"].map(certificate);
    scenario.expect_hidden(&Secrets::new(&secrets));

    assert_eq!(found["type"], "tls");
    assert_eq!(
        found["tls"],
        json!({"host": "ingest.example.com", "port": 8883, "server_name": "ingest.example.com"})
    );
    assert_eq!(found["https"], Value::Null);
    assert_eq!(
        found["passthrough"],
        json!([{"protocol": "udp", "ip": "1.1.1.1", "port": 53}])
    );
    assert_eq!(found["tags"], json!([PRODUCTION, SUPPLIER]));
    assert_eq!(found["tag_details"], tag_details());
    for secret in ["ca", "cert", "key"] {
        assert_eq!(found["meta"][secret]["is_set"], true, "{secret}");
    }
    assert_eq!(
        found["options_json"],
        r#"{"host":"ingest.example.com","port":8883,"server_name":"ingest.example.com"}"#
    );
    scenario.sandbox.remove_connector("fleet");
    scenario.configure("");
    scenario.finish();
}

/// A missing name is an error that lists similar names.
pub(crate) fn missing(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    for (name, near_misses) in [
        ("fleets", "Did you mean `fleet`?"),
        ("FLEET", "Did you mean `fleet`? Names are case-sensitive."),
        ("meters", "Onomondo lists these connectors: `fleet`."),
    ] {
        scenario.configure(&format!("{HTTPS}{}", one(name)));
        scenario
            .run(&["plan"])
            .failed()
            .says(&format!(
                "Onomondo has no connector named `{name}`. {near_misses}"
            ))
            .says("with data.onomondo_connector.test");
    }
    scenario.configure(HTTPS);
    scenario.finish();
}

/// A connector of the same configuration is read after it is created.
pub(crate) fn made_in_the_same_apply(cli: Cli) {
    let config = format!("{HTTPS}{}", one("fleet"));
    let mut scenario = Scenario::start(cli);
    scenario.configure(&config.replace(
        "  name = \"fleet\"\n}",
        "  name = onomondo_connector.test.name\n}",
    ));
    scenario.apply();
    assert_eq!(scenario.state(ONE)["type"], "https");
    scenario.finish();
}

/// Sorted by name. A connector must match all filters.
pub(crate) fn filters(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    for (name, kind, tags) in [
        ("fleet-b", "https", json!([SUPPLIER])),
        ("meters", "tls", json!([SUPPLIER, PRODUCTION])),
        ("fleet-a", "tls", json!([])),
        ("beta", "mqtt", json!([PRODUCTION])),
    ] {
        let connector = json!({"type": kind, "tags": tags});
        scenario.sandbox.put_connector(name, connector);
    }
    for (filters, expected) in [
        ("", &["beta", "fleet-a", "fleet-b", "meters"][..]),
        ("type = \"tls\"", &["fleet-a", "meters"]),
        ("type = \"mqtt\"", &["beta"]),
        ("type = \"TLS\"", &[]),
        ("name_regex = \"^fleet-\"", &["fleet-a", "fleet-b"]),
        (
            "name_regex = \"e\"",
            &["beta", "fleet-a", "fleet-b", "meters"],
        ),
        (
            &format!("tag = \"{}\"", SUPPLIER.to_uppercase()),
            &["fleet-b", "meters"],
        ),
        (
            &format!("tag = \"{SUPPLIER}\"\n  type = \"tls\"\n  name_regex = \"s$\""),
            &["meters"],
        ),
    ] {
        scenario.configure(&all(filters));
        scenario.apply();
        assert_eq!(names(&scenario.state(ALL)), expected, "{filters}");
        scenario.expect_no_changes();
    }
    scenario.sandbox.reset();
    scenario.configure("");
    scenario.finish();
}

/// For a type that this provider does not know, the data source has the options as JSON.
pub(crate) fn beta_type(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let options =
        json!({"broker": "mqtt.example.com", "topics": {"up": "a", "down": "b"}, "qos": 1});
    let connector = json!({"type": "mqtt", "tags": [PRODUCTION], "options": options});
    scenario.sandbox.put_connector("fleet", connector);
    scenario.configure(&format!("{}{}", one("fleet"), all("")));
    scenario.apply();

    let found = scenario.state(ONE);
    assert_eq!(found["type"], "mqtt");
    assert_eq!(found["tags"], json!([PRODUCTION]));
    for variant in ["https", "tls", "aws_iot_core", "microsoft_azure_iot"] {
        assert_eq!(found[variant], Value::Null, "{variant}");
    }
    assert_eq!(
        found["options_json"],
        r#"{"broker":"mqtt.example.com","qos":1,"topics":{"down":"b","up":"a"}}"#
    );
    assert_eq!(scenario.state(ALL)["connectors"], json!([found]));
    scenario.sandbox.reset();
    scenario.configure("");
    scenario.finish();
}

/// If an account lists tags as bare IDs in any letter case, their names are looked up.
pub(crate) fn tags_as_bare_ids(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let connector = json!({"type": "mqtt", "tags": [SUPPLIER, PRODUCTION]});
    scenario.sandbox.put_connector("fleet", connector);
    let quirks = json!({"tags_as_strings_in_lists": true, "upper_case_tags": true});
    scenario.sandbox.quirks(quirks);
    scenario.configure(&format!("{}{}", one("fleet"), all("")));
    scenario.apply();
    for found in [&scenario.state(ONE), &scenario.state(ALL)["connectors"][0]] {
        assert_eq!(found["tags"], json!([PRODUCTION, SUPPLIER]));
        assert_eq!(found["tag_details"], tag_details());
    }
    scenario
        .sandbox
        .fault(on("GET", "/tags/search/tags").answers(403));
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not look up the names of tags: Onomondo denied permission");
    scenario.sandbox.reset();
    scenario.configure("");
    scenario.finish();
}

/// Any number of data sources and resources share one list of connectors and one of tags.
pub(crate) fn one_list_for_all(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let resources = r#"
resource "onomondo_connector" "test" {
  count = 20
  name  = "fleet-${count.index}"
  tags  = ["a5023f47-1db8-425e-b664-dc0b8921f644"]
  https = { host = "https://ingest.example.com/messages" }
}
"#;
    scenario.configure(resources);
    scenario.apply();
    scenario.sandbox.quirk("tags_as_strings_in_lists");
    scenario.configure(&format!(
        r#"{resources}
data "onomondo_connector" "test" {{
  count = 20
  name  = "fleet-${{count.index}}"
}}

data "onomondo_connectors" "test" {{
  count      = 20
  name_regex = "${{count.index}}$"
}}

data "onomondo_tag" "test" {{
  for_each = toset(["Supplier", "Production", "Staging"])
  name     = each.key
}}

data "onomondo_tags" "test" {{
  count = 5
}}
"#
    ));
    scenario.sandbox.forget_requests();
    scenario.plan();
    let mut requests = scenario.sandbox.requests().lines();
    requests.sort();
    assert_eq!(
        requests,
        ["GET /connectors 200", "GET /tags/search/tags 200"]
    );
    scenario.apply();
    scenario.finish();
}

/// A key that comes from a resource. The error names the unknown value, and its advice works.
pub(crate) fn unknown_key(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.workspace.write(
        "settings.tf",
        r#"
resource "terraform_data" "key" {
  input = "onok_12345678.sandbox"
}

provider "onomondo" {
  api_key = terraform_data.key.output
}
"#,
    );
    let connector = json!({"type": "https", "options": {"host": "https://a.example.com"}});
    scenario.sandbox.put_connector("fleet", connector);
    scenario.configure(&one("fleet"));
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not read connector `fleet`: the provider is not configured yet")
        .says("The value of `api_key` is not known yet")
        .says("`depends_on`");
    scenario.edit(
        "name = \"fleet\"",
        "name       = \"fleet\"\n  depends_on = [terraform_data.key]",
    );
    scenario.apply();
    assert_eq!(scenario.state(ONE)["type"], "https");
    scenario.expect_no_changes();
    scenario.sandbox.remove_connector("fleet");
    scenario.configure("");
    scenario.apply();
    scenario.finish();
}

/// The API's answer holds at most 1000 connectors, without a hint that there are more. It answers
/// the request for the next page with the first one.
pub(crate) fn cut_off(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let connector = |number: usize| json!({"name": format!("fleet-{number:04}"), "type": "https"});
    let list = |count| (0..count).map(connector).collect::<Value>();
    scenario.configure(&all(""));
    for (count, warns) in [(999, false), (1000, true)] {
        scenario.sandbox.fault(
            on("GET", "/connectors")
                .always()
                .answers_with(200, list(count)),
        );
        let plan = scenario.plan();
        scenario.sandbox.clear_faults();
        let warning = "The list of connectors may be incomplete";
        if warns {
            plan.says(warning);
        } else {
            plan.says_nothing_of(warning);
        }
    }
    scenario.configure("");
    scenario.finish();
}

/// A name that the list has twice identifies no connector.
pub(crate) fn same_name_twice(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let connector = json!({"name": "fleet", "type": "https"});
    let list = json!([connector, connector]);
    scenario
        .sandbox
        .fault(on("GET", "/connectors").always().answers_with(200, list));
    scenario.configure(&one("fleet"));
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not read connector `fleet`: the name is not unique")
        .says("2 entries with the name `fleet`");
    scenario.configure(&all(""));
    scenario.apply();
    assert_eq!(names(&scenario.state(ALL)), ["fleet", "fleet"]);
    scenario.sandbox.clear_faults();
    scenario.configure("");
    scenario.finish();
}

fn one(name: &str) -> String {
    format!("\ndata \"onomondo_connector\" \"test\" {{\n  name = \"{name}\"\n}}\n")
}

fn all(filters: &str) -> String {
    format!("\ndata \"onomondo_connectors\" \"test\" {{\n  {filters}\n}}\n")
}

fn names(list: &Value) -> Vec<&str> {
    let connectors = list["connectors"].as_array().unwrap();
    let names = connectors.iter().map(|connector| &connector["name"]);
    names.map(|name| name.as_str().unwrap()).collect()
}

/// Details of the two tags that the account has from the start.
fn tag_details() -> Value {
    json!([
        {"name": "Production", "id": PRODUCTION, "can_write": true, "color": "#441212"},
        {"name": "Supplier", "id": SUPPLIER, "can_write": false, "color": "#5ba571"},
    ])
}
