//! Waits that the API asks for, measured by its own clock.

use serde_json::json;

use crate::{
    client::{assert_says, provider},
    support::sandbox::{Sandbox, on},
};

/// The limit is two requests in two seconds: a list and a create use it up, and later requests wait
/// for the next window. If the reset is misread, it lies in the past or too far away, and requests
/// are refused.
#[tokio::test(flavor = "multi_thread")]
async fn the_reset_of_the_rate_limit_is_read_by_the_clock_of_the_api() {
    for (clock, quirk) in [
        (180, "none"),
        (-180, "none"),
        // This machine's clock is used instead.
        (0, "omit_date"),
    ] {
        let sandbox = Sandbox::start();
        sandbox.advance_clock(clock);
        if quirk != "none" {
            sandbox.quirk(quirk);
        }
        let mut provider = provider(sandbox.address()).start().await;
        sandbox.rate_limit(2, 2);
        for name in ["first", "second", "third", "fourth"] {
            assert_eq!(provider.create(name).await, "", "{clock} {quirk}");
        }
        let requests = sandbox.requests();
        assert_eq!(requests.with_outcome("POST", "200"), 4);
        let refused = requests.all().iter().filter(|one| one.outcome() == "429");
        assert_eq!(refused.count(), 0, "{:?}", requests.lines());
    }
}

/// If a gateway asks for a wait of zero, `max_retries` still limits the attempts.
#[tokio::test(flavor = "multi_thread")]
async fn a_wait_of_zero_does_not_add_attempts() {
    for (status, wait) in [
        (429, "0"),
        (503, "0"),
        (429, "Tue, 29 Oct 2024 19:53:11 GMT"),
        (503, "Tue, 29 Oct 2024 19:53:11 GMT"),
    ] {
        let sandbox = Sandbox::start();
        let list = on("GET", "/connectors");
        sandbox.fault(list.always().answers(status).header("retry-after", wait));
        let said = provider(sandbox.address()).with("max_retries", json!(2));
        let said = said.read().await;
        assert_says(&said, &[&status.to_string(), "3 attempts"]);
        assert_eq!(sandbox.requests().count("GET", "*"), 3, "{status} {wait}");
    }
}
