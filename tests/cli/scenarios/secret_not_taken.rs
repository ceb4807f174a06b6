//! The API accepts a secret but does not store it, or drops it: the user must learn that it is not
//! set.

use serde_json::json;

use super::{CERTIFICATES, TEST, certificate, tls};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// The connector exists and only the secret is missing. It stays, and the next apply sends the
/// secret again.
pub(crate) fn at_create(cli: Cli) {
    for (key, attribute) in [("key", "tls.key"), ("key_wo", "tls.key_wo_version")] {
        let mut scenario = Scenario::start(cli);
        scenario.sandbox.quirk("ignore_secrets");
        scenario.configure(&with_key(key, "client-key.pem"));
        scenario
            .apply()
            .says("Warning:")
            .says("`fleet`")
            .says("`key`");
        scenario.plan_in_place(&[attribute]);

        scenario.sandbox.quirks(json!({}));
        scenario.apply_in_place(&[attribute]);
        scenario.expect_secret("key", &certificate("client-key.pem"));
        scenario.finish();
    }
}

/// The error names the secret, even if all else succeeds. The state matches Onomondo.
pub(crate) fn at_update(cli: Cli) {
    for (key, attribute) in [("key", "tls.key"), ("key_wo", "tls.key_wo_version")] {
        let mut scenario = Scenario::applied(cli, &tls(""));
        scenario.sandbox.quirk("ignore_secrets");
        scenario.configure(&with_key(key, "client-key.pem"));
        scenario.edit("8883", "8884");
        scenario
            .run(&["apply", "-auto-approve"])
            .failed()
            .says("Error:")
            .says("`fleet`")
            .says("`key`");
        let state = scenario.state(TEST);
        assert_eq!(state["tls"]["port"], 8884);
        assert_eq!(state["meta"]["key"]["is_set"], false);
        scenario.plan_in_place(&[attribute]);

        scenario.sandbox.quirks(json!({}));
        scenario.apply_in_place(&[attribute]);
        scenario.expect_secret("key", &certificate("client-key.pem"));
        scenario.finish();
    }
}

/// An API that replaces all `options` loses a secret that the configuration omits. The plan warns
/// that it may happen, the apply that it did.
pub(crate) fn dropped_by_an_update(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.create_by_hand(&json!({"name": "fleet", "type": "tls", "options": {
        "host": "ingest.example.com", "port": 8883, "server_name": "ingest.example.com",
        "ca": "a CA by hand",
    }}));
    scenario.configure(&tls(""));
    scenario.run(&["import", TEST, "fleet"]).succeeded();
    scenario.sandbox.quirk("replace_options");
    scenario.edit("8883", "8884");
    scenario.plan().says("Warning:").says("`ca`");
    scenario
        .run(&["apply", "plan.bin"])
        .failed()
        .says("Error:")
        .says("`fleet`")
        .says("`ca`");
    let state = scenario.state(TEST);
    assert_eq!(state["tls"]["port"], 8884);
    assert_eq!(state["meta"]["ca"]["is_set"], false);

    // The loss is reported once. From then on, the configuration decides.
    scenario.expect_no_changes();
    let ca = format!("ca = file(\"{CERTIFICATES}/ca.pem\")");
    scenario.edit("port ", &format!("{ca}\n    port "));
    scenario.apply_in_place(&["tls.ca"]);
    scenario.expect_secret("ca", &certificate("ca.pem"));
    scenario.finish();
}

fn with_key(attribute: &str, file: &str) -> String {
    tls(&format!("{attribute} = file(\"{CERTIFICATES}/{file}\")"))
}
