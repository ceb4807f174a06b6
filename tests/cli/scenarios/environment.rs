//! Unusual environments of the CLI, which the provider inherits.

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;

/// Languages with a special letter `i`, other digits, another encoding, or no locale at all.
pub(crate) fn locales(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(&HTTPS.replace("fleet", "ISTANBUL-iot"));
    for locale in [
        "tr_TR.UTF-8",
        "ar_EG.UTF-8",
        "ja_JP.SJIS",
        "POSIX",
        "none",
        "",
    ] {
        for variable in ["LC_ALL", "LANG"] {
            scenario.workspace.set_environment(variable, locale);
        }
        scenario.apply();
        scenario.expect_no_changes();
        assert_eq!(scenario.state(TEST)["name"], "ISTANBUL-iot");
    }
    scenario.finish();
}

/// The CLI raises its own limit, but starts the provider with the original one.
pub(crate) fn few_open_files(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.configure(HTTPS);
    let apply = "ulimit -Sn 16 && terraform apply -no-color -auto-approve";
    scenario.workspace.shell(apply).succeeded();
    assert_eq!(scenario.sandbox.state().names(), ["fleet"]);
    scenario.finish();
}
