//! CLIs without write-only attributes would store such a value in the state.

use super::{CERTIFICATES, azure, tls};
use crate::cli::Cli;
use crate::scenario::Scenario;

pub(crate) fn write_only_is_refused(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    for (attribute, config) in [
        (
            "`key_wo`",
            tls(&format!("key_wo = file(\"{CERTIFICATES}/client-key.pem\")")),
        ),
        (
            "`connection_string_wo`",
            azure(
                r#"connection_string_wo = "HostName=h;SharedAccessKeyName=n;SharedAccessKey=aw==""#,
            ),
        ),
    ] {
        scenario.configure(&config);
        for command in [&["validate"][..], &["plan"], &["apply", "-auto-approve"]] {
            // `validate` takes no input, and does not have this option.
            let refused = match command {
                ["validate"] => scenario.workspace.run(&["validate", "-no-color"]),
                other => scenario.run(other),
            };
            refused
                .failed()
                .says(attribute)
                .says("Terraform 1.11")
                .says("OpenTofu 1.11");
        }
    }
    scenario.configure("");
    scenario.finish();
}

/// Everything else works as on newer CLIs.
pub(crate) fn plain_secret(cli: Cli) {
    let config = tls(&format!("key = file(\"{CERTIFICATES}/client-key.pem\")"));
    let mut scenario = Scenario::applied(cli, &config);
    scenario.edit("/client-key.pem", "/other-client-key.pem");
    scenario.apply_in_place(&["tls.key"]);
    scenario.expect_secret("key", &super::certificate("other-client-key.pem"));
    scenario.finish();
}
