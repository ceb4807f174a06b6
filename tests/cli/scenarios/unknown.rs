//! Values that are known only after another resource is created.

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// Any value derived from this is unknown until apply.
const LATER: &str = r#"
resource "terraform_data" "later" {
  input = {
    name        = "fleet-2"
    host        = "https://ingest.example.com/later"
    https       = { host = "https://ingest.example.com/whole", should_return_body = true }
    tags        = ["a5023f47-1db8-425e-b664-dc0b8921f644"]
    passthrough = [{ protocol = "udp", ip = "1.1.1.1", port = 53 }]
  }
}
"#;

pub(crate) fn name_and_options(cli: Cli) {
    let scenario = planned(
        cli,
        r"
  name = terraform_data.later.output.name
  https = {
    host = terraform_data.later.output.host
  }",
        &["/name", "/https/host"],
    );
    assert_eq!(
        scenario.connector("fleet-2")["options"]["host"],
        "https://ingest.example.com/later"
    );
    scenario.finish();
}

/// The variant is known, although nothing inside it is.
pub(crate) fn whole_variant(cli: Cli) {
    let scenario = planned(
        cli,
        r#"
  name  = "fleet"
  https = terraform_data.later.output.https"#,
        &["/https"],
    );
    assert_eq!(
        scenario.connector("fleet")["options"]["shouldReturnBody"],
        true
    );
    scenario.finish();
}

pub(crate) fn tags_and_passthrough(cli: Cli) {
    let scenario = planned(
        cli,
        r#"
  name        = "fleet"
  tags        = terraform_data.later.output.tags
  passthrough = terraform_data.later.output.passthrough
  https       = { host = "https://ingest.example.com/messages" }"#,
        &["/tags", "/passthrough"],
    );
    let connector = scenario.connector("fleet");
    assert_eq!(connector["tags"][0], "a5023f47-1db8-425e-b664-dc0b8921f644");
    assert_eq!(connector["passthrough"][0]["port"], 53);
    scenario.finish();
}

/// A rename to an unknown name is still a rename.
pub(crate) fn becomes_unknown_in_update(cli: Cli) {
    let mut scenario = Scenario::applied(cli, HTTPS);
    let config = HTTPS.replace(r#""fleet""#, "terraform_data.later.output.name");
    scenario.configure(&format!("{LATER}{config}"));
    let plan = scenario.plan();
    assert_eq!(plan.change(TEST).actions(), ["update"]);
    assert!(plan.change(TEST).is_unknown("/name"));
    scenario.run(&["apply", "plan.bin"]).succeeded();
    assert_eq!(scenario.connector("fleet-2")["type"], "https");
    scenario.finish();
}

/// A set in another spelling, with an element that is known only after apply: the set turns out to
/// mean what it meant before.
pub(crate) fn set_turns_out_the_same(cli: Cli) {
    let known = r#"
resource "terraform_data" "later" {
  input = { tag = "a5023f47-1db8-425e-b664-dc0b8921f644", port = 53 }
}

resource "onomondo_connector" "test" {
  name        = "fleet"
  tags        = ["4c21c1ce-0e3d-445f-8b3a-9d918a9acd89", "a5023f47-1db8-425e-b664-dc0b8921f644"]
  passthrough = [{ protocol = "udp", ip = "2001:db8::1" }, { protocol = "tcp", port = 53 }]
  https       = { host = "https://ingest.example.com/messages" }
}
"#;
    let mut scenario = Scenario::applied(cli, known);
    for (from, to) in [("4c21c1ce-", "4C21C1CE-"), ("2001:db8::1", "2001:DB8::1")] {
        scenario.edit(from, to);
    }
    scenario.expect_no_changes();
    // Another change shows the new spelling.
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host", "passthrough", "tags"]);
    scenario.expect_no_changes();
    for (from, to) in [
        ("4C21C1CE-", "4c21c1ce-"),
        ("2001:DB8::1", "2001:db8::1"),
        (
            "\"a5023f47-1db8-425e-b664-dc0b8921f644\"]",
            "terraform_data.later.output.tag]",
        ),
        ("port = 53 }]", "port = terraform_data.later.output.port }]"),
    ] {
        scenario.edit(from, to);
    }
    scenario.sandbox.forget_requests();
    let replace = "-replace=terraform_data.later";
    scenario
        .run(&["apply", "-auto-approve", replace])
        .succeeded();
    assert!(scenario.sandbox.requests().only_read());
    scenario.expect_no_changes();
    scenario.finish();
}

/// Plans and applies a connector with `body`. The attributes at `unknown` are known only after
/// apply.
fn planned(cli: Cli, body: &str, unknown: &[&str]) -> Scenario {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&format!(
        "{LATER}\nresource \"onomondo_connector\" \"test\" {{{body}\n}}\n"
    ));
    let plan = scenario.plan();
    for pointer in unknown {
        assert!(
            plan.change(TEST).is_unknown(pointer),
            "{pointer} should be unknown"
        );
    }
    scenario.run(&["apply", "plan.bin"]).succeeded();
    scenario.expect_no_changes();
    scenario
}
