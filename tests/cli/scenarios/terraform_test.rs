//! `terraform test` and `tofu test` with mock values instead of the provider's.

use super::HTTPS;
use crate::cli::Cli;
use crate::scenario::Scenario;

const LOOKUP: &str = r#"
data "onomondo_tag" "production" {
  name = "no such tag"
}

output "connector" {
  value = onomondo_connector.test
}
"#;

/// No request reaches Onomondo: the CLI makes up unknown values from the schema.
pub(crate) fn mock_provider(cli: Cli) {
    let tests = r#"
mock_provider "onomondo" {
  mock_data "onomondo_tag" {
    defaults = { id = "a5023f47-1db8-425e-b664-dc0b8921f644" }
  }
}

run "apply" {
  assert {
    condition     = output.connector.name == "fleet" && output.connector.type != null
    error_message = "nothing stands for what is computed"
  }
  assert {
    condition     = data.onomondo_tag.production.id == "a5023f47-1db8-425e-b664-dc0b8921f644"
    error_message = "the mock is not there"
  }
}
"#;
    let scenario = tested(cli, tests);
    assert_eq!(scenario.sandbox.requests().lines(), Vec::<String>::new());
    scenario.finish();
}

/// Overrides for one resource and one data source, beside the real provider.
pub(crate) fn overrides(cli: Cli) {
    let tests = r#"
override_resource {
  target = onomondo_connector.test
  values = { tags = ["a5023f47-1db8-425e-b664-dc0b8921f644"] }
}

override_data {
  target = data.onomondo_tag.production
  values = { id = "4c21c1ce-0e3d-445f-8b3a-9d918a9acd89" }
}

run "apply" {
  assert {
    condition     = tolist(output.connector.tags)[0] == "a5023f47-1db8-425e-b664-dc0b8921f644"
    error_message = "the override of the resource is not there"
  }
  assert {
    condition     = data.onomondo_tag.production.id == "4c21c1ce-0e3d-445f-8b3a-9d918a9acd89"
    error_message = "the override of the data source is not there"
  }
}
"#;
    let scenario = tested(cli, tests);
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}

/// Runs these tests and checks that they pass.
fn tested(cli: Cli, tests: &str) -> Scenario {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&format!("{HTTPS}{LOOKUP}"));
    scenario.workspace.write("main.tftest.hcl", tests);
    scenario
        .workspace
        .run(&["test", "-no-color"])
        .succeeded()
        .says("1 passed, 0 failed");
    scenario.configure("");
    scenario
}
