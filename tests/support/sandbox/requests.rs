//! The log of API requests.

use serde::Deserialize;
use serde_json::Value;

/// One request as the sandbox saw it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// The query without the question mark.
    pub(crate) query: Option<String>,
    pub(crate) user_agent: Option<String>,
    /// `HTTP/1.1` or `HTTP/2.0`
    pub(crate) version: String,
    /// The number of the request's connection.
    pub(crate) connection: u64,
    /// The body with every secret as `sha256:…`. Null if there is no body.
    pub(crate) body: Value,
    /// A status, or `"reset"`, `"silence"`, `"go_away"`, `"stream_reset"`, `"pending"`,
    /// `"abandoned"`.
    answer: Value,
    /// Null while the request is pending.
    pub(crate) duration_ms: Option<u64>,
    /// The `x-request-id` of the answer.
    #[serde(rename = "request_id")]
    pub(crate) id: Option<String>,
}

impl Request {
    /// `200`, or a word such as `reset`.
    pub(crate) fn outcome(&self) -> String {
        match &self.answer {
            Value::String(word) => word.clone(),
            status => status.to_string(),
        }
    }

    /// A final asterisk in `path` matches any rest.
    fn is(&self, method: &str, path: &str) -> bool {
        let same_path = match path.strip_suffix('*') {
            Some(prefix) => self.path.starts_with(prefix),
            None => self.path == path,
        };
        self.method == method && same_path
    }
}

/// Requests in the order of arrival.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Requests {
    all: Vec<Request>,
}

impl Requests {
    /// `["POST /connectors 200", …]`
    pub(crate) fn lines(&self) -> Vec<String> {
        self.all
            .iter()
            .map(|request| {
                let outcome = request.outcome();
                format!("{} {} {outcome}", request.method, request.path)
            })
            .collect()
    }

    /// The number of requests with this method and path.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        self.matching(method, path).count()
    }

    /// The number of requests with this method and outcome, such as `200` or `reset`.
    pub(crate) fn with_outcome(&self, method: &str, outcome: &str) -> usize {
        self.matching(method, "*")
            .filter(|request| request.outcome() == outcome)
            .count()
    }

    /// The bodies of the requests with this method and path.
    pub(crate) fn bodies(&self, method: &str, path: &str) -> Vec<&Value> {
        self.matching(method, path)
            .map(|request| &request.body)
            .collect()
    }

    /// The last request with this method and path.
    pub(crate) fn last(&self, method: &str, path: &str) -> &Request {
        self.matching(method, path)
            .last()
            .unwrap_or_else(|| panic!("no `{method} {path}` in {:?}", self.lines()))
    }

    /// Whether all requests were GETs.
    pub(crate) fn only_read(&self) -> bool {
        self.all.iter().all(|request| request.method == "GET")
    }

    /// Whether there were no requests.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// All requests.
    pub(crate) fn all(&self) -> &[Request] {
        &self.all
    }

    fn matching(&self, method: &str, path: &str) -> impl Iterator<Item = &Request> {
        self.all
            .iter()
            .filter(move |request| request.is(method, path))
    }
}
