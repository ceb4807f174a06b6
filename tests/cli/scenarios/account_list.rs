//! The account's list in forms that the API does not document, and with unusual entries.

use reqwest::Method;
use serde_json::{Value, json};

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::{PRODUCTION, SUPPLIER};

/// Five connectors, `fleet-0` to `fleet-4`.
const FIVE: &str = r#"
resource "onomondo_connector" "all" {
  for_each = toset([for number in range(5) : "fleet-${number}"])
  name     = each.key

  https = {
    host = "https://ingest.example.com/messages"
  }
}
"#;

const ALL: &str = r#"
data "onomondo_connectors" "all" {}

output "names" {
  value = data.onomondo_connectors.all.connectors[*].name
}
"#;

/// An import of the connector with this name.
fn import(name: &str) -> String {
    format!(
        "import {{\n  to = {TEST}\n  id = \"{name}\"\n}}\n{}",
        HTTPS.replace("fleet", name)
    )
}

/// Someone else's connector, whose entry has these members.
fn put_odd(scenario: &Scenario, name: &str, answered: &Value) {
    let odd = json!({
        "type": "https", "options": { "host": "https://odd.example.com" }, "answered": answered,
    });
    scenario.sandbox.put_connector(name, odd);
}

/// Envelopes, and pages of two.
pub(crate) fn in_every_form(cli: Cli) {
    let scenario = Scenario::applied(cli, FIVE);
    for (form, lists) in [
        (json!({ "envelope": "connectors" }), 1),
        (json!({ "envelope": "result" }), 1),
        (json!({ "envelope": "data" }), 1),
        (
            json!({ "envelope": "result", "pages": "offset", "page_size": 2 }),
            3,
        ),
        (
            json!({ "envelope": "data", "pages": "pagination_offset", "page_size": 2 }),
            3,
        ),
        (
            json!({ "envelope": "connectors", "pages": "next_page", "page_size": 2 }),
            3,
        ),
    ] {
        scenario.sandbox.quirks(json!({ "list": form }));
        let before = scenario.sandbox.requests().count("GET", "/connectors");
        scenario.expect_no_changes();
        let after = scenario.sandbox.requests().count("GET", "/connectors");
        assert_eq!(after - before, lists, "{form}");
    }
    scenario.finish();
}

/// The API answers every request with the first page, so a connector that is not listed may exist.
pub(crate) fn of_which_only_a_part_is_shown(cli: Cli) {
    let scenario = Scenario::applied(cli, FIVE);
    // The API lists connectors in the order of creation, which is not known here.
    let state = scenario.sandbox.state();
    let names = state.names();
    let (shown, hidden) = names.split_at(2);
    for pages in ["offset", "next_page"] {
        let form = json!({
            "envelope": "data", "pages": pages, "page_size": 2, "ignores_question": true,
        });
        scenario.sandbox.quirks(json!({ "list": form }));
        let mut said = scenario.run(&["plan"]).failed();
        for name in hidden {
            let title =
                format!("Could not read connector `{name}`: the list of connectors is incomplete");
            said = said.says(&title);
        }
        for name in shown {
            said = said.says_nothing_of(&format!("connector `{name}`"));
        }
        said.says("The state is unchanged");
    }
    scenario.sandbox.quirks(json!({}));
    scenario.finish();
}

/// For example, a key was limited to tags: one warning covers all missing connectors.
pub(crate) fn that_lacks_several_connectors(cli: Cli) {
    let scenario = Scenario::applied(cli, FIVE);
    for name in ["fleet-0", "fleet-1"] {
        scenario
            .sandbox
            .change_connector(name, json!({ "tags": [SUPPLIER] }));
    }
    for (quirks, warning) in [
        (
            json!({ "hide_untagged": true }),
            "Several connectors are missing from the list",
        ),
        (
            json!({ "limited_to_tags": [PRODUCTION] }),
            "Onomondo lists no connectors",
        ),
    ] {
        scenario.sandbox.quirks(quirks);
        let said = scenario.run(&["plan"]).succeeded();
        assert_eq!(said.stdout.matches(warning).count(), 1, "{}", said.stdout);
        said.says("limited to tags")
            .says_nothing_of("similar warning");
    }
    scenario.sandbox.quirks(json!({}));
    scenario.sandbox.remove_connector("fleet-0");
    let said = scenario.run(&["plan"]).succeeded();
    said.says("1 to add").says_nothing_of("Warning");
    scenario.apply();
    scenario.finish();
}

/// The entry affects only resources that need it.
pub(crate) fn with_an_odd_entry_of_somebody_else(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    for (answered, problem) in [
        (
            json!({ "meta": { "version": 3 } }),
            "`meta.version` is a number instead of an object",
        ),
        (
            json!({ "tags": [null] }),
            "`tags[0]` is null or missing instead of a tag",
        ),
        (
            json!({ "type": 7 }),
            "`type` is a number instead of a string",
        ),
        (
            json!({ "passthrough": [{ "port": 1 }] }),
            "`passthrough[0].protocol` is null or missing",
        ),
        (
            json!({ "options": "none" }),
            "`options` is a string instead of an object",
        ),
    ] {
        put_odd(&scenario, "odd", &answered);
        scenario.configure(&format!("{HTTPS}{ALL}"));
        let plan = scenario
            .plan()
            .says("1 connector in the list cannot be read")
            .says(&format!("`odd`: {problem}"));
        assert_eq!(plan.change(TEST).actions(), ["no-op"]);

        let asked = "\ndata \"onomondo_connector\" \"odd\" {\n  name = \"odd\"\n}\n";
        for (config, what) in [
            (format!("{HTTPS}{asked}"), "read connector `odd`"),
            (
                import("odd").replace("test", "other"),
                "import connector `odd`",
            ),
        ] {
            scenario.configure(&config);
            scenario
                .run(&["plan"])
                .failed()
                .says(&format!(
                    "Could not {what}: its entry in the list cannot be read"
                ))
                .says(problem);
        }
    }
    scenario.configure(HTTPS);
    scenario.expect_no_changes();
    scenario.sandbox.remove_connector("odd");
    scenario.finish();
}

/// The connector's owner learns which member is wrong, and the state stays.
pub(crate) fn with_an_odd_entry_of_our_own(cli: Cli) {
    let scenario = Scenario::applied(cli, FIVE);
    put_odd(&scenario, "fleet-3", &json!({ "meta": { "version": 3 } }));
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not read connector `fleet-3`: its entry in the list cannot be read")
        .says("`meta.version` is a number instead of an object")
        .says("The state is unchanged")
        .says_nothing_of("connector `fleet-2`");
    scenario.sandbox.put_connector(
        "fleet-3",
        json!({ "type": "https", "options": { "host": "https://ingest.example.com/messages" } }),
    );
    scenario.expect_no_changes();
    scenario.finish();
}

/// The entry may belong to any connector, so no missing connector counts as deleted.
pub(crate) fn with_an_entry_without_a_name(cli: Cli) {
    let scenario = Scenario::applied(cli, FIVE);
    for answered in [
        json!({ "name": null }),
        json!({ "name": "" }),
        json!({ "name": 7 }),
    ] {
        put_odd(&scenario, "odd", &answered);
        scenario.expect_no_changes();
    }
    scenario.sandbox.remove_connector("fleet-3");
    scenario
        .run(&["plan"])
        .failed()
        .says("Could not read connector `fleet-3`: an entry in the list has no name")
        .says("`[4].name` is a number instead of a string")
        .says("The state is unchanged")
        .says_nothing_of("connector `fleet-2`");
    scenario.sandbox.remove_connector("odd");
    scenario.apply();
    scenario.finish();
}

/// For example, the name of a tag was cut in the middle of an emoji.
pub(crate) fn with_half_a_character(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    scenario
        .sandbox
        .put_tags(json!([{ "name": "cut \u{ffff}", "id": SUPPLIER }]));
    let tagged = json!({
        "name": "tagged", "type": "https", "tags": [SUPPLIER],
        "options": { "host": "https://tagged.example.com" },
    });
    let answer = scenario
        .sandbox
        .call(Method::POST, "/connectors", Some(tagged));
    assert!(answer.status.is_success(), "{}", answer.text);
    let tags = r#"
data "onomondo_tags" "all" {}

data "onomondo_connector" "tagged" {
  name = "tagged"
}

output "names" {
  value = [data.onomondo_tags.all.tags[0].name, data.onomondo_connector.tagged.tag_details[0].name]
}
"#;
    scenario.configure(&format!("{HTTPS}{tags}"));
    scenario.apply();
    let names = scenario
        .workspace
        .run(&["output", "-json", "names"])
        .succeeded();
    let names: Value = serde_json::from_str(&names.stdout).unwrap();
    assert_eq!(names, json!(["cut \u{fffd}", "cut \u{fffd}"]));
    scenario.configure(HTTPS);
    scenario.apply();
    scenario.sandbox.remove_connector("tagged");
    scenario.finish();
}
