//! An API that does not answer costs only seconds, and causes a single error or warning.

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::sandbox::on;

/// A plan checks the names of new connectors only for a warning, so it does not wait long for them.
pub(crate) fn in_a_plan_of_creates(cli: Cli) {
    let mut scenario = Scenario::start(cli);
    let list = on("GET", "/connectors");
    scenario.sandbox.fault(list.always().hangs_before());
    scenario.configure(&many());
    let said = scenario.run(&["plan"]).succeeded();
    assert_eq!(
        said.stdout.matches("Warning: ").count(),
        1,
        "{}",
        said.stdout
    );
    said.says("Could not check whether the names of new connectors are taken")
        .says("no response within");
    assert_eq!(scenario.sandbox.requests().count("GET", "*"), 1);

    scenario.sandbox.clear_faults();
    scenario.configure(HTTPS);
    scenario.apply();
    scenario.finish();
}

/// All connectors are read from one list. It is requested once, and there is one error.
pub(crate) fn in_a_refresh(cli: Cli) {
    let scenario = Scenario::applied(cli, &many());
    scenario.provider("max_retries = 0");
    let list = on("GET", "/connectors");
    scenario.sandbox.fault(list.always().resets_before());
    scenario.sandbox.forget_requests();
    let said = scenario.run(&["plan"]).failed();
    assert_eq!(said.stderr.matches("Error: ").count(), 1, "{}", said.stderr);
    said.says("Could not read connector `fleet-")
        .says("this error affects all of them");
    assert_eq!(scenario.sandbox.requests().count("GET", "*"), 1);

    // No connector counts as deleted.
    scenario.sandbox.clear_faults();
    assert_eq!(scenario.state(&format!("{TEST}[29]"))["name"], "fleet-29");
    scenario.finish();
}

/// The CLI reads ten connectors at a time, for as long as it takes. If the API accepts no
/// connections, only the first read tries to reach it, and the others share its failure. The same
/// holds for an API that accepts connections but stays silent.
pub(crate) fn all_through_a_refresh(cli: Cli) {
    let scenario = Scenario::applied(cli, &many());
    let said = scenario.run_at("http://127.0.0.1:1", &["plan"]).failed();
    assert_eq!(said.stderr.matches("Error: ").count(), 1, "{}", said.stderr);
    said.says("Connection refused")
        .says("this error affects all of them");

    scenario.provider("request_timeout = \"1s\"");
    let list = on("GET", "/connectors");
    scenario.sandbox.fault(list.always().hangs_before());
    scenario.sandbox.forget_requests();
    let said = scenario.run(&["plan"]).failed();
    assert_eq!(said.stderr.matches("Error: ").count(), 1, "{}", said.stderr);
    said.says("did not respond in time");
    assert_eq!(scenario.sandbox.requests().count("GET", "*"), 2);
    scenario.sandbox.clear_faults();
    scenario.finish();
}

/// Three times as many connectors as a CLI reads at a time.
fn many() -> String {
    HTTPS.replace(
        r#"name = "fleet""#,
        "count = 30\n  name  = \"fleet-${count.index}\"",
    )
}
