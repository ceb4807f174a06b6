//! Each fault: what the client gets, and whether the account changes.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::sandbox::{Answer, KEY, SUPPLIER, Sandbox, on};
use crate::{https, list, post};

fn try_post(sandbox: &Sandbox, name: &str) -> Result<Answer, reqwest::Error> {
    let request = sandbox
        .request(Method::POST, "/connectors")
        .header("authorization", KEY)
        .json(&https(name));
    sandbox.send(request)
}

/// Sends a request without waiting for its answer.
fn begin(sandbox: &Sandbox, method: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(sandbox.address().trim_start_matches("http://")).unwrap();
    let length = body.len();
    let request = format!(
        "{method} /connectors HTTP/1.1\r\nhost: sandbox\r\nauthorization: {KEY}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

fn begin_post(sandbox: &Sandbox, name: &str) -> TcpStream {
    begin(sandbox, "POST", &https(name).to_string())
}

#[test]
fn reset_before_leaves_the_account_alone() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").resets_before());
    let error = try_post(&sandbox, "fleet").unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
    assert!(sandbox.state().names().is_empty());
    assert_eq!(sandbox.requests().lines(), ["POST /connectors reset"]);
}

#[test]
fn reset_after_changes_the_account() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").resets_after());
    try_post(&sandbox, "fleet").unwrap_err();
    assert_eq!(sandbox.state().names(), ["fleet"]);
    assert_eq!(sandbox.requests().lines(), ["POST /connectors reset"]);
}

#[test]
fn a_reset_is_one_of_tcp_without_a_byte_of_an_answer() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("GET", "/connectors").resets_after());
    let mut stream = begin(&sandbox, "GET", "");
    let mut answer = Vec::new();
    let error = stream.read_to_end(&mut answer).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    assert!(answer.is_empty());
}

#[test]
fn a_hang_lasts_until_the_client_goes_away() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").hangs_before());
    sandbox.fault(on("POST", "/connectors").hangs_after());
    let before = begin_post(&sandbox, "before");
    sandbox.eventually("the first is waiting", |sandbox| {
        sandbox.requests().lines() == ["POST /connectors pending"]
    });
    let after = begin_post(&sandbox, "after");
    sandbox.eventually("the second is processed", |sandbox| {
        sandbox.state().names() == ["after"]
    });
    drop((before, after));
    sandbox.eventually("both are logged as abandoned", |sandbox| {
        sandbox.requests().lines() == ["POST /connectors abandoned"; 2]
    });
    assert_eq!(sandbox.state().names(), ["after"]);
}

#[test]
fn delays_come_before_or_after_processing() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").delays(60_000));
    sandbox.fault(on("POST", "/connectors").delays_answer(60_000));
    let before = begin_post(&sandbox, "before");
    sandbox.eventually("the first is waiting", |sandbox| {
        sandbox.requests().lines() == ["POST /connectors pending"]
    });
    let after = begin_post(&sandbox, "after");
    sandbox.eventually("the second is processed", |sandbox| {
        sandbox.state().names() == ["after"]
    });
    drop((before, after));

    sandbox.fault(on("GET", "/connectors").delays(50));
    let began = Instant::now();
    assert_eq!(list(&sandbox)[0]["name"], "after");
    assert!(began.elapsed() >= Duration::from_millis(50));
}

#[test]
fn the_answer_to_the_nth_of_each_write_is_lost() {
    let sandbox = Sandbox::start();
    for (method, path) in [
        ("POST", "/connectors"),
        ("PATCH", "/connectors/*"),
        ("DELETE", "/connectors/*"),
    ] {
        sandbox.fault(on(method, path).nth(2).resets_after());
    }
    let lost = |method: Method, path: &str, body: &Value| {
        let request = sandbox.request(method, path);
        let request = request.header("authorization", KEY).json(body);
        sandbox.send(request).is_err()
    };
    let names = ["first", "second", "third"];
    let posts = names.map(|name| lost(Method::POST, "/connectors", &https(name)));
    assert_eq!(posts, [false, true, false]);
    assert_eq!(sandbox.state().names(), names);

    let tags = json!({ "tags": [SUPPLIER] });
    let patches = names.map(|name| lost(Method::PATCH, &format!("/connectors/{name}"), &tags));
    assert_eq!(patches, [false, true, false]);
    assert_eq!(
        sandbox.state().connector("second")["tags"],
        json!([SUPPLIER])
    );

    let deletes = names.map(|name| lost(Method::DELETE, &format!("/connectors/{name}"), &tags));
    assert_eq!(deletes, [false, true, false]);
    assert!(sandbox.state().names().is_empty());
}

#[test]
fn a_conflict_passes_after_some_requests() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").times(2).conflicts());
    let statuses = [(); 3].map(|()| post(&sandbox, https("fleet")).status.as_u16());
    assert_eq!(statuses, [409, 409, 200]);
    let own = post(&sandbox, https("fleet"));
    sandbox.fault(on("POST", "/connectors").conflicts());
    let injected = post(&sandbox, https("other"));
    assert_eq!(injected.json()["error"], own.json()["error"]);
}

#[test]
fn a_gateway_answers_404_in_its_own_words() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    let delete = on("DELETE", "/connectors/fleet");
    sandbox.fault(delete.answers_gateway_404());
    let path = "/connectors/fleet";
    let answer = sandbox.call(Method::DELETE, path, None);
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("content-type"), "text/html");
    assert_eq!(answer.text, "default backend - 404");
    assert_eq!(sandbox.state().names(), ["fleet"]);
}

#[test]
fn statuses_bodies_and_headers_replace_the_answer() {
    let sandbox = Sandbox::start();
    sandbox.fault(
        on("POST", "/connectors")
            .answers(503)
            .header("retry-after", "7"),
    );
    sandbox.fault(on("POST", "/connectors").answers_with(200, json!({ "unexpected": [1] })));
    sandbox.fault(on("POST", "/connectors").answers_with(400, json!("plain words")));
    sandbox.fault(
        on("POST", "/connectors")
            .answers(307)
            .header("location", "/elsewhere"),
    );

    let unavailable = post(&sandbox, https("fleet"));
    assert_eq!(unavailable.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(unavailable.header("retry-after"), "7");
    assert_eq!(unavailable.json(), json!({ "error": "injected_fault" }));
    assert!(!unavailable.header("x-ratelimit-remaining").is_empty());

    assert_eq!(
        post(&sandbox, https("fleet")).json(),
        json!({ "unexpected": [1] })
    );
    assert_eq!(post(&sandbox, https("fleet")).text, "plain words");
    assert_eq!(
        post(&sandbox, https("fleet")).header("location"),
        "/elsewhere"
    );
    assert!(sandbox.state().names().is_empty());
    assert_eq!(sandbox.state().faults_left(), 0);
}

#[test]
fn an_answer_can_be_replaced_after_processing() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").answers(504).processed());
    sandbox.fault(on("POST", "/connectors").answers(201).processed());
    assert_eq!(
        post(&sandbox, https("first")).status,
        StatusCode::GATEWAY_TIMEOUT
    );
    let created = post(&sandbox, https("second"));
    assert_eq!(created.status, StatusCode::CREATED);
    assert_eq!(created.json()["name"], "second");
    assert_eq!(sandbox.state().names(), ["first", "second"]);
}

#[test]
fn html_is_what_a_load_balancer_sends() {
    let sandbox = Sandbox::start();
    for status in [200, 502] {
        sandbox.fault(on("GET", "/connectors").answers_html(status));
        let answer = sandbox.call(Method::GET, "/connectors", None);
        assert_eq!(answer.status.as_u16(), status);
        assert!(answer.header("content-type").starts_with("text/html"));
        assert!(answer.text.starts_with("<html>"));
    }
}

#[test]
fn headers_have_the_last_word() {
    let sandbox = Sandbox::start();
    sandbox.fault(
        on("GET", "/connectors")
            .then(json!({}))
            .header("x-ratelimit-remaining", "0")
            .without_header("x-request-id"),
    );
    let answer = sandbox.call(Method::GET, "/connectors", None);
    assert_eq!(answer.json(), json!([]));
    assert_eq!(answer.header("x-ratelimit-remaining"), "0");
    assert!(answer.headers.get("x-request-id").is_none());
}

#[test]
fn a_truncated_answer_is_an_error_of_the_body() {
    let sandbox = Sandbox::start();
    post(&sandbox, https("fleet"));
    sandbox.fault(on("GET", "/connectors").truncates());
    let request = sandbox
        .request(Method::GET, "/connectors")
        .header("authorization", KEY);
    let error = sandbox.send(request).unwrap_err();
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    assert_eq!(list(&sandbox)[0]["name"], "fleet");
}

#[test]
fn a_dribbled_answer_arrives_whole() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("GET", "/connectors").dribbles(20));
    let began = Instant::now();
    assert_eq!(list(&sandbox), json!([]));
    assert!(began.elapsed() >= Duration::from_millis(40));
}

#[test]
fn rules_count_and_can_be_cleared() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("GET", "/connectors").nth(2).times(2).answers(500));
    sandbox.fault(on("DELETE", "/connectors/*").always().answers(502));
    let status = |method: Method, path: &str| sandbox.call(method, path, None).status.as_u16();
    let gets: [u16; 4] = std::array::from_fn(|_| status(Method::GET, "/connectors"));
    assert_eq!(gets, [200, 500, 500, 200]);
    let deletes: [u16; 3] = std::array::from_fn(|_| status(Method::DELETE, "/connectors/fleet"));
    assert_eq!(deletes, [502, 502, 502]);
    sandbox.clear_faults();
    assert_eq!(status(Method::DELETE, "/connectors/fleet"), 404);
}

#[test]
fn faults_that_make_no_sense_are_refused() {
    let sandbox = Sandbox::start();
    for then in [
        json!({ "reset": "before", "hang": "after" }),
        json!({ "reset": "before", "status": 500 }),
        json!({ "html": true, "body": "x" }),
        json!({ "process": false }),
        json!({ "status": 99 }),
        json!({ "status": 100 }),
        json!({ "headers": { "a b": "c" } }),
        json!({ "stauts": 500 }),
    ] {
        let rules = json!([{ "then": {} }, { "then": then }]);
        let answer = sandbox.call(Method::POST, "/_sandbox/faults", Some(rules));
        assert!(answer.status.is_client_error(), "{then}");
        assert_ne!(answer.json()["message"], Value::Null);
    }
    assert_eq!(sandbox.state().faults_left(), 0);
}
