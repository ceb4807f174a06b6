//! Write-only secrets with a version in the configuration: only the number matters.

use super::{CERTIFICATES, TEST, certificate, tls};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// An ephemeral value may differ in every run.
pub(crate) fn same_number_sends_nothing(cli: Cli) {
    let mut scenario = Scenario::applied(cli, &versioned("client-key.pem", 7));
    assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], 7);
    scenario.sandbox.forget_requests();
    scenario.configure(&versioned("other-client-key.pem", 7));
    scenario.expect_no_changes();
    scenario.apply();
    assert!(scenario.sandbox.requests().only_read());
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.finish();
}

/// A higher or lower number sends the secret.
pub(crate) fn other_number_sends(cli: Cli) {
    let mut scenario = Scenario::applied(cli, &versioned("client-key.pem", 7));
    for (file, version) in [("other-client-key.pem", 8), ("client-key.pem", 3)] {
        scenario.configure(&versioned(file, version));
        scenario.apply_in_place(&["tls.key_wo_version"]);
        scenario.expect_secret("key", &certificate(file));
        assert_eq!(scenario.state(TEST)["tls"]["key_wo_version"], version);
        scenario.expect_no_changes();
    }
    scenario.finish();
}

/// Without a number in the configuration, the provider raises the last one by itself.
pub(crate) fn number_removed(cli: Cli) {
    let mut scenario = Scenario::applied(cli, &versioned("client-key.pem", 7));
    scenario.configure(&automatic("client-key.pem"));
    scenario.expect_no_changes();

    scenario.configure(&automatic("other-client-key.pem"));
    scenario
        .plan_in_place(&["tls.key_wo_version"])
        .says("key_wo_version = 7 -> (known after apply)");
    scenario.apply_plan();
    scenario.expect_secret("key", &certificate("other-client-key.pem"));
    scenario.expect_no_changes();

    scenario.configure(&automatic("client-key.pem"));
    scenario
        .plan_in_place(&["tls.key_wo_version"])
        .says("key_wo_version = 8 -> (known after apply)");
    scenario.apply_plan();
    scenario.expect_secret("key", &certificate("client-key.pem"));
    scenario.finish();
}

fn automatic(file: &str) -> String {
    tls(&format!("key_wo = file(\"{CERTIFICATES}/{file}\")"))
}

fn versioned(file: &str, version: u32) -> String {
    tls(&format!(
        "key_wo = file(\"{CERTIFICATES}/{file}\")\n    key_wo_version = {version}"
    ))
}
