//! A provider that runs under a debugger, and a CLI that attaches to it.

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::plugin::process::{Launch, Plugin};
use crate::support::sandbox::KEY;

/// As in CONTRIBUTING.md: one process serves several commands, and nothing is installed.
pub(crate) fn attached(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    scenario.workspace.forget_providers();
    scenario.workspace.remove(".terraform.lock.hcl");
    let launch = Launch::by_hand()
        .argument("--debug")
        // The provider's process needs these variables, not the CLI's.
        .set("ONOMONDO_BASE_URL", scenario.sandbox.address())
        .set("ONOMONDO_API_KEY", KEY);
    let mut plugin = launch.start();
    let variable = variable(&plugin);
    scenario
        .workspace
        .set_environment("TF_REATTACH_PROVIDERS", &variable);

    scenario.configure(HTTPS);
    assert_eq!(scenario.plan().change(TEST).actions(), ["create"]);
    scenario.apply_plan();
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    scenario.finish();

    #[cfg(unix)]
    plugin.signal(rustix::process::Signal::INT);
    assert_eq!(plugin.wait().code(), Some(0));
}

/// The value that a user copies from the provider's terminal.
fn variable(plugin: &Plugin) -> String {
    loop {
        let line = plugin.stdout_line().unwrap();
        if let Some(value) = line.strip_prefix("TF_REATTACH_PROVIDERS='") {
            return value.strip_suffix('\'').unwrap().to_owned();
        }
    }
}
