//! Tags by name, so that no configuration needs their IDs.

use serde_json::{Value, json};

use super::TEST;
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{PRODUCTION, SUPPLIER};

/// The most common use: `tags = [data.onomondo_tag.production.id]`.
pub(crate) fn by_name(cli: Cli) {
    let scenario = Scenario::applied(
        cli,
        r#"
data "onomondo_tag" "production" {
  name = "Production"
}

resource "onomondo_connector" "test" {
  name  = "fleet"
  tags  = [data.onomondo_tag.production.id]
  https = { host = "https://ingest.example.com/messages" }
}
"#,
    );
    assert_eq!(scenario.connector("fleet")["tags"], json!([PRODUCTION]));
    assert_eq!(
        scenario.state("data.onomondo_tag.production"),
        json!({"name": "Production", "id": PRODUCTION, "can_write": true, "color": "#441212"})
    );
    scenario.finish();
}

/// All tags, sorted by name, for a configuration that needs many of them.
pub(crate) fn all(cli: Cli) {
    let scenario = Scenario::applied(
        cli,
        r#"
data "onomondo_tags" "all" {}

locals {
  tags = { for tag in data.onomondo_tags.all.tags : tag.name => tag.id }
}

resource "onomondo_connector" "test" {
  name  = "fleet"
  tags  = [local.tags["Supplier"], local.tags["Production"]]
  https = { host = "https://ingest.example.com/messages" }
}
"#,
    );
    let tags = scenario.state("data.onomondo_tags.all")["tags"].clone();
    assert_eq!(
        names(&tags),
        ["Containers", "Production", "Staging", "Supplier"]
    );
    assert_eq!(tags[0]["color"], Value::Null);
    assert_eq!(scenario.state(TEST)["tags"], json!([PRODUCTION, SUPPLIER]));
    scenario.finish();
}

/// One answer of the API holds at most 1000 tags.
pub(crate) fn more_than_one_answer(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.sandbox.put_tags((0..2500).map(numbered).collect());
    scenario.configure(
        r#"
data "onomondo_tags" "all" {}

data "onomondo_tag" "last" {
  name = "tag-2499"
}
"#,
    );
    scenario.apply();
    let tags = scenario.state("data.onomondo_tags.all")["tags"].clone();
    let expected: Vec<_> = (0..2500).map(|number| format!("tag-{number:04}")).collect();
    assert_eq!(names(&tags), expected);
    assert_eq!(
        scenario.state("data.onomondo_tag.last")["id"],
        numbered(2499)["id"]
    );
    scenario.finish();
}

/// No tag has the name: the error lists similar names.
pub(crate) fn missing(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    for (name, candidates) in [
        ("Prod", "Did you mean `Production`?"),
        (
            "production",
            "Did you mean `Production`? Names are case-sensitive.",
        ),
        (
            "fleet",
            "Onomondo lists these tags: `Containers`, `Production`, `Staging`, `Supplier`.",
        ),
    ] {
        scenario.configure(&tag(name));
        scenario
            .run(&["plan"])
            .failed()
            .says(&format!("Onomondo has no tag named `{name}`. {candidates}"))
            .says("with data.onomondo_tag.test");
    }
    scenario.sandbox.put_tags(json!([]));
    scenario
        .run(&["plan"])
        .failed()
        .says("Onomondo lists no tags.");
    scenario.configure("");
    scenario.finish();
}

/// Several tags have the name: the error lists their IDs.
pub(crate) fn ambiguous(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.sandbox.put_tags(json!([
        {"name": "Fleet", "id": SUPPLIER, "color": "#5ba571"},
        {"name": "Fleet", "id": PRODUCTION},
    ]));
    scenario.configure(&tag("Fleet"));
    scenario
        .run(&["plan"])
        .failed()
        .says("More than one tag `Fleet`")
        .says(&format!("- `{PRODUCTION}` - `{SUPPLIER}`, color `#5ba571`"));
    scenario.configure("");
    scenario.finish();
}

fn tag(name: &str) -> String {
    format!("data \"onomondo_tag\" \"test\" {{\n  name = \"{name}\"\n}}\n")
}

/// Numbered backwards, so that the API's order is not that of the names.
fn numbered(number: usize) -> Value {
    let id = format!("00000000-0000-4000-8000-{:012}", 2500 - number);
    json!({"name": format!("tag-{number:04}"), "id": id})
}

fn names(tags: &Value) -> Vec<&str> {
    let tags = tags.as_array().unwrap();
    tags.iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect()
}
