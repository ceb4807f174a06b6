//! What can happen to a request.

use std::collections::BTreeMap;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One fault. Members combine: a delay, then processing or not, then an answer or none.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fault {
    /// Milliseconds that the request waits before anything else happens.
    pub(super) delay_ms: u64,
    /// Whether the API carries the request out. If omitted: not where the answer is replaced by
    /// `status`, `body` or `html`, otherwise yes.
    pub(super) process: Option<bool>,
    /// Milliseconds that the answer waits after the request was carried out.
    pub(super) answer_delay_ms: u64,

    /// Reset the connection instead of answering, before or after carrying the request out.
    pub(super) reset: Option<Moment>,
    /// Never answer, before or after carrying the request out.
    pub(super) hang: Option<Moment>,

    /// Status of the answer; with `process` and no body, the API's own body stays.
    pub(super) status: Option<u16>,
    /// Body of the answer: a string as it is, anything else as JSON.
    pub(super) body: Option<Value>,
    /// A load balancer's HTML page as the body.
    pub(super) html: bool,
    /// Headers of the answer, over any other; null removes one.
    pub(super) headers: BTreeMap<String, Option<String>>,

    /// Cut the connection after half of the answer's body.
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
    /// Whether the answer is another than the API's own.
    pub(super) fn replaces_answer(&self) -> bool {
        self.status.is_some() || self.body.is_some() || self.html
    }

    /// Whether the API carries the request out.
    pub(super) fn processes(&self) -> bool {
        if self.reset == Some(Moment::Before) || self.hang == Some(Moment::Before) {
            return false;
        }
        self.process.unwrap_or(!self.replaces_answer())
    }

    /// Finds what could not be carried out as it was meant.
    pub(super) fn check(&self) -> Result<(), String> {
        let answers = self.replaces_answer() || self.truncate || self.dribble_ms.is_some();
        if self.reset.is_some() && self.hang.is_some() {
            return Err("`reset` and `hang` exclude each other".to_owned());
        }
        if (self.reset.is_some() || self.hang.is_some()) && (answers || self.process.is_some()) {
            return Err(
                "`reset` and `hang` leave no answer to change, and say themselves whether \
                 the request is processed"
                    .to_owned(),
            );
        }
        if self.html && self.body.is_some() {
            return Err("`html` and `body` exclude each other".to_owned());
        }
        if self.process == Some(false) && !self.replaces_answer() {
            return Err("a request that is not processed needs a `status`".to_owned());
        }
        if let Some(status) = self.status
            && StatusCode::from_u16(status).map_or(true, |status| status.is_informational())
        {
            return Err(format!("`{status}` is not the status of an answer"));
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
