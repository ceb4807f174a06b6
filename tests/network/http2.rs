//! HTTP/2 over TLS: connections that go silent, send GOAWAY, or reset a stream.

use crate::{
    client::{assert_says, provider_of},
    support::sandbox::{Requests, Sandbox, on},
};

/// Longer than a request takes on a busy machine, but short enough to wait for.
const TIMEOUT: &str = "3s";

/// The numbers of the connections of these requests.
fn connections(requests: &Requests) -> Vec<u64> {
    requests.all().iter().map(|one| one.connection).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_share_one_connection() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    let mut provider = provider_of(&sandbox, "localhost").start().await;
    assert_eq!(provider.create("fleet").await, "");
    assert_eq!(sandbox.state().names(), ["fleet"]);
    let requests = sandbox.requests();
    assert_eq!(
        requests.lines(),
        ["GET /connectors 200", "POST /connectors 200"]
    );
    for request in requests.all() {
        assert_eq!(request.version, "HTTP/2.0");
        assert_eq!(request.connection, requests.all()[0].connection);
    }
}

/// A NAT or a firewall can drop a connection without telling either end.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_time_out_the_next_attempt_takes_a_new_connection() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    let start = provider_of(&sandbox, "localhost").with("request_timeout", TIMEOUT);
    let mut provider = start.start().await;
    assert_eq!(provider.create("first").await, "");
    sandbox.forget_requests();
    sandbox.fault(on("POST", "/connectors").goes_silent());
    assert_eq!(provider.create("second").await, "");
    let requests = sandbox.requests();
    assert_eq!(requests.with_outcome("POST", "silence"), 1);
    assert_eq!(requests.with_outcome("POST", "200"), 1);
    let connections = connections(&requests);
    assert!(connections[1..].iter().all(|it| *it != connections[0]));
    assert_eq!(sandbox.state().names(), ["first", "second"]);
}

/// This happens long before the request times out.
#[tokio::test(flavor = "multi_thread")]
async fn a_silent_connection_is_pinged_and_given_up() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    sandbox.fault(on("GET", "/connectors").goes_silent());
    // Longer than the default, for an API that is known to be slow: its first sign of life may take
    // that long.
    let provider = provider_of(&sandbox, "localhost").with("request_timeout", "31s");
    let mut provider = provider.start().await;
    assert_eq!(provider.create("fleet").await, "");
    assert_eq!(sandbox.state().names(), ["fleet"]);
    assert_says(&provider.log(), &["keep-alive timed out"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_goaway_declares_unprocessed_is_sent_again() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    sandbox.fault(on("POST", "/connectors").goes_away_before());
    let mut provider = provider_of(&sandbox, "localhost").start().await;
    assert_eq!(provider.create("fleet").await, "");
    assert_eq!(
        sandbox.requests().lines(),
        [
            "GET /connectors 200",
            "POST /connectors go_away",
            "POST /connectors 200"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_may_have_been_processed_is_looked_up_first() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    sandbox.fault(on("POST", "/connectors").goes_away_after());
    let mut provider = provider_of(&sandbox, "localhost").start().await;
    assert_eq!(provider.create("fleet").await, "");
    assert_eq!(
        sandbox.requests().lines(),
        [
            "GET /connectors 200",
            "POST /connectors go_away",
            "GET /connectors 200"
        ]
    );
    assert_eq!(sandbox.state().names(), ["fleet"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_stream_was_not_processed_and_any_other_reset_is_looked_up() {
    const INTERNAL_ERROR: u32 = 2;
    const REFUSED_STREAM: u32 = 7;
    const CANCEL: u32 = 8;
    for (code, lookups) in [(REFUSED_STREAM, 0), (INTERNAL_ERROR, 1), (CANCEL, 1)] {
        let sandbox = Sandbox::start_with(&["--tls"]);
        sandbox.fault(on("POST", "/connectors").resets_stream(code));
        let mut provider = provider_of(&sandbox, "localhost").start().await;
        assert_eq!(provider.create("fleet").await, "", "{code}");
        let requests = sandbox.requests();
        assert_eq!(requests.count("GET", "/connectors"), 1 + lookups, "{code}");
        assert_eq!(requests.with_outcome("POST", "stream_reset"), 1, "{code}");
        assert_eq!(requests.with_outcome("POST", "200"), 1, "{code}");
        // The connection outlives the stream, and later requests may use it.
        assert_eq!(sandbox.state().names(), ["fleet"], "{code}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handshake_that_takes_too_long_is_no_connection() {
    let sandbox = Sandbox::start_with(&["--tls", "--slow-handshake", "60000"]);
    let start = provider_of(&sandbox, "localhost").with("request_timeout", TIMEOUT);
    let said = start.with("max_retries", 0).read().await;
    assert_says(&said, &["no connection within 1s"]);
    assert!(sandbox.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_handshake_is_not_given_up() {
    let sandbox = Sandbox::start_with(&["--tls", "--slow-handshake", "500"]);
    provider_of(&sandbox, "localhost").reaches_the_api().await;
}
