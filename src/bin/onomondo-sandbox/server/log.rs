//! The log of API requests, for tests to check what a client sent. It holds no keys and no secrets.

use std::collections::VecDeque;
use std::time::Instant;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::USER_AGENT;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use super::connection::{Connection, End};
use crate::account::secret;
use crate::shared::Shared;

/// A longer body is refused. The largest valid one holds a few kilobytes of PEM.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

/// Older requests are dropped, so that a sandbox can run for days.
const CAPACITY: usize = 10_000;

/// The requests since the start or since the log was last cleared.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// The entries, with consecutive numbers.
    entries: VecDeque<Entry>,
    /// The number of the next request. It is never reset.
    next: u64,
}

/// One request. Entries are in the order of arrival.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    number: u64,
    method: String,
    path: String,
    /// The query without the question mark.
    query: Option<String>,
    user_agent: Option<String>,
    /// `HTTP/1.1` or `HTTP/2.0`
    version: String,
    /// The number of the request's connection.
    connection: u64,
    /// The body with every secret as `sha256:…`. Null if there is no body.
    body: Value,
    answer: Answer,
    /// The time until the head of the answer was ready. Null until then.
    duration_ms: Option<u64>,
    request_id: Option<String>,
}

/// The result of a request: a status code, or one of these words.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    /// The connection was reset on purpose.
    Reset,
    /// The connection went silent on purpose.
    Silence,
    /// The connection was closed on purpose, with an HTTP/2 GOAWAY.
    GoAway,
    /// The HTTP/2 stream was reset on purpose.
    StreamReset,
    /// Not answered yet.
    Pending,
    /// The client left before the answer.
    Abandoned,
    #[serde(untagged)]
    Status(u16),
}

impl Log {
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    fn push(&mut self, entry: Entry) {
        if self.entries.len() == CAPACITY {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn finish(&mut self, number: u64, answer: Answer, began: Instant, request_id: Option<String>) {
        let first = self.entries.front().map_or(number, |entry| entry.number);
        let entry = number
            .checked_sub(first)
            .and_then(|index| self.entries.get_mut(usize::try_from(index).ok()?));
        // The entry is gone if the log was cleared or overflowed in the meantime.
        if let Some(entry) = entry {
            entry.answer = answer;
            entry.duration_ms = u64::try_from(began.elapsed().as_millis()).ok();
            entry.request_id = request_id;
        }
    }
}

/// Marks its entry as abandoned when dropped, unless the entry is finished.
struct Pending<'a> {
    log: &'a Shared<Log>,
    number: u64,
    began: Instant,
    finished: bool,
}

impl Pending<'_> {
    fn finish(mut self, response: &Response) {
        let answer = match response.extensions().get() {
            Some(End::Reset) => Answer::Reset,
            Some(End::Silence) => Answer::Silence,
            Some(End::GoAway { .. }) => Answer::GoAway,
            Some(End::StreamReset(_)) => Answer::StreamReset,
            None => Answer::Status(response.status().as_u16()),
        };
        let request_id = response
            .headers()
            .get("x-request-id")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        self.log
            .lock()
            .finish(self.number, answer, self.began, request_id);
        self.finished = true;
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        if !self.finished {
            self.log
                .lock()
                .finish(self.number, Answer::Abandoned, self.began, None);
        }
    }
}

/// The layer that writes the log.
pub(crate) async fn record(
    State(log): State<Shared<Log>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let number = {
        let mut log = log.lock();
        let number = log.number();
        log.push(Entry {
            number,
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: head.uri.query().map(str::to_owned),
            user_agent: head
                .headers
                .get(USER_AGENT)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            version: format!("{:?}", head.version),
            connection: connection.number,
            body: redacted(&body),
            answer: Answer::Pending,
            duration_ms: None,
            request_id: None,
        });
        number
    };
    let pending = Pending {
        log: &log,
        number,
        began,
        finished: false,
    };
    let response = next.run(Request::from_parts(head, Body::from(body))).await;
    pending.finish(&response);
    response
}

/// The body as JSON without its secrets. For any other body, only the length.
fn redacted(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    match serde_json::from_slice(body) {
        Ok(mut body) => {
            secret::redact(&mut body);
            body
        }
        Err(_) => Value::from(format!("{} bytes that are not JSON", body.len())),
    }
}
