//! Faults in words: `on("POST", "/connectors").times(2).answers(503)`.

use serde_json::{Map, Value, json};

/// Which requests a fault happens to: by default the next one that matches.
#[derive(Debug)]
pub(crate) struct On {
    matcher: Map<String, Value>,
}

/// Requests of a method and path; an asterisk at the end of the path stands for anything.
pub(crate) fn on(method: &str, path: &str) -> On {
    let mut matcher = Map::new();
    matcher.insert("method".to_owned(), json!(method));
    matcher.insert("path".to_owned(), json!(path));
    On { matcher }
}

/// Requests of every kind.
pub(crate) fn on_any() -> On {
    On {
        matcher: Map::new(),
    }
}

impl On {
    /// Begins with the nth matching request, counted from 1.
    pub(crate) fn nth(mut self, nth: u32) -> Self {
        self.matcher.insert("nth".to_owned(), json!(nth));
        self
    }

    /// Happens to so many requests.
    pub(crate) fn times(mut self, times: u32) -> Self {
        self.matcher.insert("times".to_owned(), json!(times));
        self
    }

    /// Happens until the faults are cleared.
    pub(crate) fn always(self) -> Self {
        self.times(0)
    }

    /// The connection is reset; the request was not processed.
    pub(crate) fn resets_before(self) -> Fault {
        self.then(json!({ "reset": "before" }))
    }

    /// The connection is reset; the request was processed.
    pub(crate) fn resets_after(self) -> Fault {
        self.then(json!({ "reset": "after" }))
    }

    /// No answer ever comes; the request was not processed.
    pub(crate) fn hangs_before(self) -> Fault {
        self.then(json!({ "hang": "before" }))
    }

    /// No answer ever comes; the request was processed.
    pub(crate) fn hangs_after(self) -> Fault {
        self.then(json!({ "hang": "after" }))
    }

    /// The connection goes silent for good; the request was not processed.
    pub(crate) fn goes_silent(self) -> Fault {
        self.then(json!({ "silence": "before" }))
    }

    /// HTTP/2 says goodbye, and that the request was not processed.
    pub(crate) fn goes_away_before(self) -> Fault {
        self.then(json!({ "go_away": "before" }))
    }

    /// HTTP/2 says goodbye, and that the request may have been processed, which it was.
    pub(crate) fn goes_away_after(self) -> Fault {
        self.then(json!({ "go_away": "after" }))
    }

    /// The stream is reset with this error code of HTTP/2; the request was not processed.
    pub(crate) fn resets_stream(self, code: u32) -> Fault {
        self.then(json!({ "reset_stream": code }))
    }

    /// The request waits, then is processed.
    pub(crate) fn delays(self, milliseconds: u64) -> Fault {
        self.then(json!({ "delay_ms": milliseconds }))
    }

    /// The request is processed at once, and its answer waits.
    pub(crate) fn delays_answer(self, milliseconds: u64) -> Fault {
        self.then(json!({ "answer_delay_ms": milliseconds }))
    }

    /// This status, unprocessed.
    pub(crate) fn answers(self, status: u16) -> Fault {
        self.then(json!({ "status": status }))
    }

    /// This status and body, unprocessed; a string goes out as it is.
    pub(crate) fn answers_with(self, status: u16, body: Value) -> Fault {
        let mut fault = self.answers(status);
        fault.then["body"] = body;
        fault
    }

    /// A load balancer's page, unprocessed.
    pub(crate) fn answers_html(self, status: u16) -> Fault {
        self.then(json!({ "status": status, "html": true }))
    }

    /// A gateway that knows no such address, unprocessed: a 404 that is not the API's.
    pub(crate) fn answers_gateway_404(self) -> Fault {
        self.answers_with(404, json!("default backend - 404"))
            .header("content-type", "text/html")
    }

    /// The API's word for a name that is in use, unprocessed.
    pub(crate) fn conflicts(self) -> Fault {
        self.answers_with(409, json!({ "error": "connector_already_exists" }))
    }

    /// The API's answer breaks off half-way.
    pub(crate) fn truncates(self) -> Fault {
        self.then(json!({ "truncate": true }))
    }

    /// The API's answer comes byte by byte.
    pub(crate) fn dribbles(self, milliseconds: u64) -> Fault {
        self.then(json!({ "dribble_ms": milliseconds }))
    }

    /// Anything else, in the sandbox's own words.
    pub(crate) fn then(self, then: Value) -> Fault {
        Fault {
            matcher: self.matcher,
            then,
        }
    }
}

/// One fault, ready to be given to the sandbox.
#[derive(Debug)]
pub(crate) struct Fault {
    matcher: Map<String, Value>,
    then: Value,
}

impl Fault {
    /// With this header in the answer.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.then["headers"][name] = json!(value);
        self
    }

    /// Without a header that the API would send.
    pub(crate) fn without_header(mut self, name: &str) -> Self {
        self.then["headers"][name] = Value::Null;
        self
    }

    /// The request is processed, and only its answer is another.
    pub(crate) fn processed(mut self) -> Self {
        self.then["process"] = json!(true);
        self
    }

    pub(super) fn into_rule(self) -> Value {
        json!({ "match": self.matcher, "then": self.then })
    }
}
