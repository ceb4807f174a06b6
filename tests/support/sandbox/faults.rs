//! A readable way to write faults: `on("POST", "/connectors").times(2).answers(503)`.

use serde_json::{Map, Value, json};

/// The requests that a fault hits. By default, it hits the next match.
#[derive(Debug)]
pub(crate) struct On {
    matcher: Map<String, Value>,
}

/// Matches requests by method and path. A final asterisk in the path matches any rest.
pub(crate) fn on(method: &str, path: &str) -> On {
    let mut matcher = Map::new();
    matcher.insert("method".to_owned(), json!(method));
    matcher.insert("path".to_owned(), json!(path));
    On { matcher }
}

/// Matches all requests.
pub(crate) fn on_any() -> On {
    On {
        matcher: Map::new(),
    }
}

impl On {
    /// Starts with the nth matching request, counted from 1.
    pub(crate) fn nth(mut self, nth: u32) -> Self {
        self.matcher.insert("nth".to_owned(), json!(nth));
        self
    }

    /// Hits this many requests.
    pub(crate) fn times(mut self, times: u32) -> Self {
        self.matcher.insert("times".to_owned(), json!(times));
        self
    }

    /// Hits every match until the faults are cleared.
    pub(crate) fn always(self) -> Self {
        self.times(0)
    }

    /// Resets the connection without processing the request.
    pub(crate) fn resets_before(self) -> Fault {
        self.then(json!({ "reset": "before" }))
    }

    /// Processes the request, then resets the connection.
    pub(crate) fn resets_after(self) -> Fault {
        self.then(json!({ "reset": "after" }))
    }

    /// Never answers, and does not process the request.
    pub(crate) fn hangs_before(self) -> Fault {
        self.then(json!({ "hang": "before" }))
    }

    /// Processes the request, but never answers.
    pub(crate) fn hangs_after(self) -> Fault {
        self.then(json!({ "hang": "after" }))
    }

    /// Makes the connection silent permanently, without processing the request.
    pub(crate) fn goes_silent(self) -> Fault {
        self.then(json!({ "silence": "before" }))
    }

    /// Sends GOAWAY over HTTP/2, which states that the request was not processed.
    pub(crate) fn goes_away_before(self) -> Fault {
        self.then(json!({ "go_away": "before" }))
    }

    /// Processes the request, then sends GOAWAY, which states that it may have been processed.
    pub(crate) fn goes_away_after(self) -> Fault {
        self.then(json!({ "go_away": "after" }))
    }

    /// Resets the HTTP/2 stream with this error code, without processing the request.
    pub(crate) fn resets_stream(self, code: u32) -> Fault {
        self.then(json!({ "reset_stream": code }))
    }

    /// Waits, then processes the request.
    pub(crate) fn delays(self, milliseconds: u64) -> Fault {
        self.then(json!({ "delay_ms": milliseconds }))
    }

    /// Processes the request at once, then waits before it answers.
    pub(crate) fn delays_answer(self, milliseconds: u64) -> Fault {
        self.then(json!({ "answer_delay_ms": milliseconds }))
    }

    /// Answers with this status, without processing the request.
    pub(crate) fn answers(self, status: u16) -> Fault {
        self.then(json!({ "status": status }))
    }

    /// Answers with this status and body, without processing the request. A string is sent as it
    /// is.
    pub(crate) fn answers_with(self, status: u16, body: Value) -> Fault {
        let mut fault = self.answers(status);
        fault.then["body"] = body;
        fault
    }

    /// Answers with a load balancer's page, without processing the request.
    pub(crate) fn answers_html(self, status: u16) -> Fault {
        self.then(json!({ "status": status, "html": true }))
    }

    /// Answers like a gateway without this route: a 404 that is not the API's. The request is not
    /// processed.
    pub(crate) fn answers_gateway_404(self) -> Fault {
        self.answers_with(404, json!("default backend - 404"))
            .header("content-type", "text/html")
    }

    /// Answers that the name is in use, as the API does. The request is not processed.
    pub(crate) fn conflicts(self) -> Fault {
        self.answers_with(409, json!({ "error": "connector_already_exists" }))
    }

    /// Cuts the API's answer off halfway.
    pub(crate) fn truncates(self) -> Fault {
        self.then(json!({ "truncate": true }))
    }

    /// Sends the API's answer byte by byte.
    pub(crate) fn dribbles(self, milliseconds: u64) -> Fault {
        self.then(json!({ "dribble_ms": milliseconds }))
    }

    /// Any other fault, in the sandbox's own form.
    pub(crate) fn then(self, then: Value) -> Fault {
        Fault {
            matcher: self.matcher,
            then,
        }
    }
}

/// A complete fault for the sandbox.
#[derive(Debug)]
pub(crate) struct Fault {
    matcher: Map<String, Value>,
    then: Value,
}

impl Fault {
    /// Adds this header to the answer.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.then["headers"][name] = json!(value);
        self
    }

    /// Removes this header from the answer.
    pub(crate) fn without_header(mut self, name: &str) -> Self {
        self.then["headers"][name] = Value::Null;
        self
    }

    /// Processes the request and replaces only its answer.
    pub(crate) fn processed(mut self) -> Self {
        self.then["process"] = json!(true);
        self
    }

    pub(super) fn into_rule(self) -> Value {
        json!({ "match": self.matcher, "then": self.then })
    }
}
