//! The API's clock, which sets the stamps, `Date` and the rate limit.

use std::time::{Duration, SystemTime};

use httpdate::parse_http_date;
use reqwest::Method;
use serde_json::json;

use crate::support::sandbox::{Answer, Sandbox, on};
use crate::{patch, post, tls};

fn get(sandbox: &Sandbox) -> Answer {
    sandbox.call(Method::GET, "/connectors", None)
}

fn date(answer: &Answer) -> SystemTime {
    parse_http_date(answer.header("date")).unwrap()
}

#[track_caller]
fn is_within(from: SystemTime, date: SystemTime) {
    // `Date` has whole seconds.
    let range = from - Duration::from_secs(1)..from + Duration::from_mins(1);
    assert!(range.contains(&date), "{date:?} is not within {range:?}");
}

#[test]
fn is_this_machines_unless_it_is_set() {
    let sandbox = Sandbox::start();
    let now = SystemTime::now();
    is_within(now, date(&get(&sandbox)));

    sandbox.set_clock("2031-05-06T07:08:09Z");
    let set = humantime::parse_rfc3339("2031-05-06T07:08:09Z").unwrap();
    is_within(set, date(&get(&sandbox)));
    assert!(sandbox.clock().starts_with("2031-05-06T07:0"));

    sandbox.reset();
    is_within(now, date(&get(&sandbox)));
}

#[test]
fn a_minute_passes_at_once() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let stamp = |sandbox: &Sandbox| {
        let state = sandbox.state();
        humantime::parse_rfc3339(state.stamp("fleet", "key")).unwrap()
    };
    let made = stamp(&sandbox);
    sandbox.advance_clock(60);
    sandbox.set_secret("fleet", "key", "another");
    let changed = stamp(&sandbox);
    assert!(changed >= made + Duration::from_mins(1));

    // No stamp is earlier than the one before, even if the clock goes back.
    sandbox.advance_clock(-3600);
    sandbox.set_secret("fleet", "key", "one more");
    assert!(stamp(&sandbox) > changed);
}

#[test]
fn the_rate_limit_goes_by_it() {
    let sandbox = Sandbox::start_with(&["--rate-limit", "1", "--rate-window", "3600"]);
    sandbox.advance_clock(-180);
    let first = get(&sandbox);
    let reset: u64 = first.header("x-ratelimit-reset").parse().unwrap();
    let reset = SystemTime::UNIX_EPOCH + Duration::from_secs(reset);
    is_within(date(&first) + Duration::from_hours(1), reset);
    assert_eq!(get(&sandbox).status, 429);
    sandbox.advance_clock(3600);
    assert_eq!(get(&sandbox).status, 200);
}

#[test]
fn a_date_can_lie_or_be_missing() {
    let sandbox = Sandbox::start();
    sandbox.quirks(json!({ "date_off_by": -7200 }));
    let answer = get(&sandbox);
    is_within(SystemTime::now() - Duration::from_hours(2), date(&answer));
    let reset: u64 = answer.header("x-ratelimit-reset").parse().unwrap();
    let reset = SystemTime::UNIX_EPOCH + Duration::from_secs(reset);
    is_within(SystemTime::now() + Duration::from_secs(59), reset);

    sandbox.quirk("omit_date");
    assert!(get(&sandbox).headers.get("date").is_none());
    sandbox.quirks(json!({}));
    sandbox.fault(
        on("GET", "/connectors")
            .then(json!({}))
            .without_header("date"),
    );
    assert!(get(&sandbox).headers.get("date").is_none());
    is_within(SystemTime::now(), date(&get(&sandbox)));
}

#[test]
fn a_patch_can_stamp_every_secret() {
    let sandbox = Sandbox::start();
    post(&sandbox, tls("fleet"));
    let before = sandbox.state();
    sandbox.quirk("restamp_secrets");
    let answer = patch(&sandbox, "fleet", json!({ "tags": [] })).json();
    let after = sandbox.state();
    for secret in ["ca", "cert", "key"] {
        assert!(after.stamp("fleet", secret) > before.stamp("fleet", secret));
        let answered = &answer["meta"][secret]["last_updated_at"];
        assert_eq!(answered, after.stamp("fleet", secret));
        assert_eq!(
            after.secret("fleet", secret),
            before.secret("fleet", secret)
        );
    }
}
