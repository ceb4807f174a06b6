//! The rate limit and its headers.

use std::time::{SystemTime, UNIX_EPOCH};

use reqwest::{Method, StatusCode};

use crate::support::sandbox::{Answer, Sandbox};

fn get(sandbox: &Sandbox) -> Answer {
    sandbox.call(Method::GET, "/connectors", None)
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

#[test]
fn every_answer_shows_the_state_of_the_limit() {
    let sandbox = Sandbox::start();
    let before = now();
    for (remaining, path) in [("599", "/connectors"), ("598", "/nowhere")] {
        let answer = sandbox.call(Method::GET, path, None);
        assert_eq!(answer.header("x-ratelimit-limit"), "600");
        assert_eq!(answer.header("x-ratelimit-remaining"), remaining);
        let reset: u64 = answer.header("x-ratelimit-reset").parse().unwrap();
        assert!((before + 60..=now() + 60).contains(&reset));
        assert_eq!(answer.header("x-request-id").len(), 36);
    }
}

#[test]
fn requests_above_the_limit_are_refused_until_the_reset() {
    let sandbox = Sandbox::start_with(&["--rate-limit", "2", "--rate-window", "3600"]);
    assert_eq!(get(&sandbox).status, StatusCode::OK);
    assert_eq!(get(&sandbox).header("x-ratelimit-remaining"), "0");
    let refused = get(&sandbox);
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.json()["error"], "rate_limit_exceeded");
    assert_eq!(refused.header("x-ratelimit-remaining"), "0");
    assert!(refused.header("x-ratelimit-reset").parse::<u64>().unwrap() > now());

    sandbox.rate_limit(1, 1);
    get(&sandbox);
    sandbox.eventually("a new window begins", |sandbox| {
        get(sandbox).status == StatusCode::OK
    });
}

#[test]
fn zero_lifts_the_limit() {
    let sandbox = Sandbox::start_with(&["--rate-limit", "0"]);
    for _ in 0..3 {
        assert_eq!(get(&sandbox).header("x-ratelimit-remaining"), "600");
    }
}
