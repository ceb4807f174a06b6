//! The faults that a request can meet.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::server::End;

/// One fault. Its members combine: first a delay, then processing or not, then an answer or none.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fault {
    /// Milliseconds to wait before anything else happens.
    pub(super) delay_ms: u64,
    /// Whether the API carries out the request. By default it does, unless `status`, `body` or
    /// `html` replaces the answer.
    pub(super) process: Option<bool>,
    /// Milliseconds to wait between carrying out the request and answering.
    pub(super) answer_delay_ms: u64,

    /// Reset the connection instead of answering, before or after carrying the request out.
    pub(super) reset: Option<Moment>,
    /// Never answer, before or after carrying the request out.
    pub(super) hang: Option<Moment>,
    /// Make the connection silent instead of answering. It answers no later request either.
    silence: Option<Moment>,
    /// Over HTTP/2: close the connection with GOAWAY, which states that the request was not
    /// processed, or that it may have been.
    go_away: Option<Moment>,
    /// Over HTTP/2: reset the request's stream with this error code, such as 7 for
    /// `REFUSED_STREAM`. The request is carried out only if `process` says so.
    reset_stream: Option<u32>,

    /// The status of the answer. With `process` and without a body, the API's own body stays.
    pub(super) status: Option<u16>,
    /// The body of the answer. A string is sent as it is, anything else as JSON.
    pub(super) body: Option<Value>,
    /// A load balancer's HTML page as the body.
    pub(super) html: bool,
    /// Headers that replace those of the answer. Null removes a header.
    pub(super) headers: BTreeMap<String, Option<String>>,

    /// Close the connection after half of the answer's body.
    pub(super) truncate: bool,
    /// Milliseconds between the bytes of the answer's body.
    pub(super) dribble_ms: Option<u64>,
}

/// Before or after the request is carried out.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Moment {
    Before,
    After,
}

impl Fault {
    /// Whether the fault replaces the API's own answer.
    pub(super) fn replaces_answer(&self) -> bool {
        self.status.is_some() || self.body.is_some() || self.html
    }

    /// Whether the API carries out the request.
    pub(super) fn processes(&self) -> bool {
        if self.ends().contains(&Some(Moment::Before)) {
            return false;
        }
        let is_answered = !self.replaces_answer() && self.reset_stream.is_none();
        self.process.unwrap_or(is_answered)
    }

    /// How the connection, or the request's stream, ends instead of an answer.
    pub(super) fn end(&self) -> Option<End> {
        let processed = self.go_away == Some(Moment::After);
        self.reset
            .map(|_| End::Reset)
            .or(self.silence.map(|_| End::Silence))
            .or(self.go_away.map(|_| End::GoAway { processed }))
            .or(self.reset_stream.map(End::StreamReset))
    }

    /// The members that prevent an answer and say whether the request is processed.
    fn ends(&self) -> [Option<Moment>; 4] {
        [self.reset, self.hang, self.silence, self.go_away]
    }

    /// Rejects combinations that cannot work as intended.
    pub(super) fn check(&self) -> Result<(), String> {
        let answers = self.replaces_answer() || self.truncate || self.dribble_ms.is_some();
        let ends = self.ends().iter().flatten().count();
        if ends + usize::from(self.reset_stream.is_some()) > 1 {
            return Err(
                "`reset`, `hang`, `silence`, `go_away`, and `reset_stream` cannot be combined"
                    .to_owned(),
            );
        }
        if ends == 1 && (answers || self.process.is_some()) {
            return Err(
                "`reset`, `hang`, `silence`, and `go_away` leave no response to change, and decide \
                 themselves whether the request is processed"
                    .to_owned(),
            );
        }
        if self.reset_stream.is_some() && answers {
            return Err("`reset_stream` leaves no response to change".to_owned());
        }
        if self.html && self.body.is_some() {
            return Err("`html` and `body` cannot be combined".to_owned());
        }
        if self.process == Some(false) && !self.replaces_answer() && self.reset_stream.is_none() {
            return Err(
                "a request that is not processed needs `status`, `body`, `html`, or `reset_stream`"
                    .to_owned(),
            );
        }
        if let Some(status) = self.status
            && StatusCode::from_u16(status).map_or(true, |status| status.is_informational())
        {
            return Err(format!("`{status}` is not the status of a response"));
        }
        for (name, value) in &self.headers {
            let legal = HeaderName::try_from(name.as_str()).is_ok()
                && value
                    .as_ref()
                    .is_none_or(|value| HeaderValue::try_from(value.as_str()).is_ok());
            if !legal {
                return Err(format!("`{name}` is not a valid header"));
            }
        }
        Ok(())
    }
}
