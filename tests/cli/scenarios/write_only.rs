//! Write-only secrets whose version the provider raises automatically.

use serde_json::json;

use super::{CERTIFICATES, TEST, azure, certificate, tls};
use crate::cli::Cli;
use crate::hidden::Secrets;
use crate::scenario::Scenario;
use crate::support::sandbox::SUPPLIER;

/// A value that must never be stored, as from a vault or a pipeline.
const VARIABLE: &str = r#"
variable "secret" {
  type      = string
  ephemeral = true
  default   = null
}
"#;

const FIRST: &str =
    "HostName=a.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=YWFhYWFhYWFhYWFhYWFhYQ==";
const SECOND: &str =
    "HostName=a.azure-devices.net;SharedAccessKeyName=n;SharedAccessKey=YmJiYmJiYmJiYmJiYmJiYg==";

/// Created, kept and rotated: the plan names the secret to send, and no file ever holds it.
pub(crate) fn key(cli: Cli) {
    let (first, second) = (
        certificate("client-key.pem"),
        certificate("other-client-key.pem"),
    );
    let hidden = Secrets::new(&[&first, &second]);
    let mut scenario = with_secret(cli, &first, &tls("key_wo = var.secret"));
    let plan = scenario.plan();
    assert_eq!(plan.change(TEST).after("/tls/key_wo_version"), 1);
    scenario.apply_plan();
    scenario.expect_secret("key", &first);
    assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 1);
    scenario.expect_hidden(&hidden);

    scenario.sandbox.forget_requests();
    scenario.expect_no_changes();
    scenario.apply();
    assert!(scenario.sandbox.requests().only_read());

    scenario.workspace.set_environment("TF_VAR_secret", &second);
    scenario
        .plan_in_place(&["tls.key_wo_version"])
        .says("key_wo_version = 1 -> (known after apply)");
    scenario.apply_plan();
    scenario.expect_secret("key", &second);
    assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 2);
    scenario.expect_hidden(&hidden);
    scenario.finish();
}

pub(crate) fn connection_string(cli: Cli) {
    let hidden = Secrets::new(&["YWFhYWFhYWFhYWFhYWFhYQ", "YmJiYmJiYmJiYmJiYmJiYg"]);
    let mut scenario = with_secret(cli, FIRST, &azure("connection_string_wo = var.secret"));
    scenario.apply();
    scenario.expect_secret("connectionString", FIRST);
    scenario.expect_no_changes();

    scenario.workspace.set_environment("TF_VAR_secret", SECOND);
    scenario
        .plan_in_place(&["microsoft_azure_iot.connection_string_wo_version"])
        .says("connection_string_wo_version = 1 -> (known after apply)");
    scenario.apply_plan();
    scenario.expect_secret("connectionString", SECOND);
    scenario.expect_hidden(&hidden);
    scenario.finish();
}

/// A key that another resource creates and later changes in the same apply. A key that only might
/// change is not sent.
pub(crate) fn unknown_at_plan(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let config = tls("key_wo = terraform_data.made.output");
    scenario.configure(&format!(
        "resource \"terraform_data\" \"made\" {{\n  input = file(\"{CERTIFICATES}/client-key.pem\")\n}}\n{config}",
    ));
    scenario.apply();
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.expect_no_changes();

    scenario.edit("/client-key.pem", "/other-client-key.pem");
    let plan = scenario.plan();
    assert!(plan.change(TEST).is_unknown("/tls/key_wo_version"));
    scenario.apply_plan();
    scenario.expect_secret("key", &certificate("other-client-key.pem"));
    scenario.expect_no_changes();

    scenario.sandbox.forget_requests();
    scenario
        .run(&["apply", "-auto-approve", "-replace=terraform_data.made"])
        .succeeded();
    assert!(scenario.sandbox.requests().only_read());
    scenario.finish();
}

/// A change of other options keeps the version, but sends the key too: the API does not say whether
/// a PATCH keeps omitted secrets.
pub(crate) fn sent_with_other_options(cli: Cli) {
    let first = certificate("client-key.pem");
    let mut scenario = with_secret(cli, &first, &tls("key_wo = var.secret"));
    scenario.apply();
    scenario.sandbox.quirk("replace_options");
    scenario.edit("8883", "8884");
    scenario.apply_in_place(&["tls.key_wo_version", "tls.port"]);
    scenario.expect_secret("key", &first);
    assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 1);

    scenario.sandbox.forget_requests();
    scenario.edit("\"fleet\"", "\"fleet-2\"");
    scenario.apply_in_place(&["name", "tls.key_wo_version"]);
    let requests = scenario.sandbox.requests();
    assert_eq!(requests.bodies("PATCH", "*"), [&json!({"name": "fleet-2"})]);
    scenario.finish();
}

/// Onomondo keeps the key, which is no longer managed.
pub(crate) fn removed(cli: Cli) {
    let first = certificate("client-key.pem");
    let mut scenario = with_secret(cli, &first, &tls("key_wo = var.secret"));
    scenario.apply();
    scenario.sandbox.forget_requests();
    scenario.edit("key_wo = var.secret", "");
    scenario
        .plan_in_place(&["tls.key_wo_version"])
        .says("Warning:")
        .says("`key_wo` is no longer managed")
        .says("Onomondo keeps the value");
    scenario.apply_plan();
    assert!(scenario.sandbox.requests().only_read());
    scenario.expect_secret("key", &first);
    scenario.finish();
}

/// The value leaves the state.
pub(crate) fn instead_of_plain(cli: Cli) {
    let first = certificate("client-key.pem");
    let hidden = Secrets::new(&[&first]);
    let mut scenario = with_secret(cli, &first, &tls(&plain_key("client-key.pem")));
    scenario.apply();
    scenario.edit(&plain_key("client-key.pem"), "key_wo = var.secret");
    scenario.apply_in_place(&["tls.key", "tls.key_wo_version"]);
    scenario.expect_secret("key", &first);
    assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 1);
    hidden.expect_hidden("the state", &scenario.workspace.read("terraform.tfstate"));
    scenario.finish();
}

/// The value enters the state, with a warning.
pub(crate) fn back_to_plain(cli: Cli) {
    let first = certificate("client-key.pem");
    let mut scenario = with_secret(cli, &first, &tls("key_wo = var.secret"));
    scenario.apply();
    scenario.edit("key_wo = var.secret", &plain_key("other-client-key.pem"));
    scenario
        .plan_in_place(&["tls.key", "tls.key_wo_version"])
        .says("Warning:")
        .says("state")
        .says_nothing_of("no longer managed");
    scenario.apply_plan();
    scenario.expect_secret("key", &certificate("other-client-key.pem"));
    scenario.finish();
}

/// A store rotates the value between plan and approval, so apply gets a different value. The
/// provider sends the value at apply, and the next plan shows the difference.
pub(crate) fn other_value_at_apply(cli: Cli) {
    let (first, second) = (
        certificate("client-key.pem"),
        certificate("other-client-key.pem"),
    );
    let mut scenario = with_secret(cli, &first, &tls("key_wo = var.secret"));
    scenario.apply();

    scenario.edit("8883", "8884");
    scenario.plan();
    scenario.workspace.set_environment("TF_VAR_secret", &second);
    scenario.apply_plan();
    scenario.expect_secret("key", &second);
    scenario.expect_no_changes();

    scenario.workspace.set_environment("TF_VAR_secret", &first);
    scenario.plan_in_place(&["tls.key_wo_version"]);
    scenario.workspace.set_environment("TF_VAR_secret", &second);
    scenario.apply_plan();
    scenario.expect_secret("key", &second);
    scenario.expect_no_changes();

    let tagged = format!("name = \"fleet\"\n  tags = [\"{SUPPLIER}\"]");
    scenario.edit("name = \"fleet\"", &tagged);
    scenario.plan();
    scenario.workspace.set_environment("TF_VAR_secret", &first);
    scenario.apply_plan();
    scenario.expect_secret("key", &first);
    scenario.finish();
}

/// With `ignore_changes`, the CLI gives the provider a configuration without the write-only value.
/// This does not mean that the user stopped managing it.
pub(crate) fn ignored_changes(cli: Cli) {
    let first = certificate("client-key.pem");
    for ignored in ["all", "[tls]", "[tls.key_wo]"] {
        let mut scenario = with_secret(cli, &first, &tls("key_wo = var.secret"));
        scenario.apply();
        let lifecycle =
            format!("name = \"fleet\"\n  lifecycle {{\n    ignore_changes = {ignored}\n  }}");
        scenario.edit("name = \"fleet\"", &lifecycle);
        for secret in [&first, &certificate("other-client-key.pem")] {
            scenario.workspace.set_environment("TF_VAR_secret", secret);
            let plan = scenario.plan();
            let change = plan.change(TEST);
            assert_eq!(
                change.actions(),
                ["no-op"],
                "{ignored}: {:?}",
                change.changed()
            );
            plan.says_nothing_of("Warning:");
        }
        scenario.expect_secret("key", &first);
        scenario.finish();
    }
}

/// The CLI hides the new value from the plan, but not from the apply.
pub(crate) fn ignored_change_with_another(cli: Cli) {
    let (first, second) = (
        certificate("client-key.pem"),
        certificate("other-client-key.pem"),
    );
    let mut scenario = with_secret(cli, &first, &tls("key_wo = var.secret"));
    scenario.apply();
    let lifecycle = "name = \"fleet\"\n  lifecycle {\n    ignore_changes = [tls.key_wo]\n  }";
    scenario.edit("name = \"fleet\"", lifecycle);
    for (secret, from, to, sends) in [
        (&second, "8883", "8884", false),
        // The value that Onomondo has is sent, since an update may lose what it omits.
        (&first, "8884", "8885", true),
    ] {
        scenario.workspace.set_environment("TF_VAR_secret", secret);
        scenario.edit(from, to);
        scenario.sandbox.forget_requests();
        scenario
            .plan_in_place(&["tls.port"])
            .says_nothing_of("Warning:");
        scenario.apply_plan();
        let requests = scenario.sandbox.requests();
        let options = &requests.bodies("PATCH", "*")[0]["options"];
        assert_eq!(options.get("key").is_some(), sends, "{options}");
        scenario.expect_secret("key", &first);
        assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 1);
        scenario.expect_no_changes();
    }
    scenario.finish();
}

fn plain_key(file: &str) -> String {
    format!("key = file(\"{CERTIFICATES}/{file}\")")
}

/// A scenario with `config` and this value of `var.secret`.
fn with_secret(cli: Cli, secret: &str, config: &str) -> Scenario {
    let mut scenario = Scenario::start(cli);
    scenario.workspace.set_environment("TF_VAR_secret", secret);
    scenario.configure(&format!("{VARIABLE}{config}"));
    scenario
}
