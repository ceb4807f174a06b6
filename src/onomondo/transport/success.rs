//! A successful answer, with facts for messages.

use std::time::SystemTime;

use super::attempt::Answer;
use crate::onomondo::{
    BodyProblem, Connector, Error, Exchange, WriteWindow, Written,
    report::redact::Redactor,
    wire::{decode, written::Start},
};

/// An answer with any 2xx status.
pub(in crate::onomondo) struct Success {
    pub(in crate::onomondo) exchange: Exchange,
    pub(in crate::onomondo) start: Start,
    answer: Answer,
    redactor: Redactor,
}

impl Success {
    pub(in crate::onomondo) fn new(
        exchange: Exchange,
        start: Start,
        answer: Answer,
        redactor: Redactor,
    ) -> Self {
        Self {
            exchange,
            start,
            answer,
            redactor,
        }
    }

    /// The time of the answer, by the API's own clock.
    pub(in crate::onomondo) fn date(&self) -> Option<SystemTime> {
        let date = self.answer.headers.get(http::header::DATE)?.to_str().ok()?;
        httpdate::parse_http_date(date).ok()
    }

    /// The result of the write that this answers.
    pub(in crate::onomondo) fn written(&self, connector: Connector) -> Written {
        let window = WriteWindow::new(self.start, self.date(), Some(&connector));
        Written {
            connector,
            window,
            start: self.start,
        }
    }

    /// The body as JSON.
    pub(in crate::onomondo) fn json(&self) -> Result<serde_json::Value, Error> {
        decode::json(&self.answer.body).map_err(|problem| self.unexpected(problem))
    }

    /// Whether there is no body. A 204 has none, and the answer to a write may be empty.
    pub(in crate::onomondo) fn is_empty(&self) -> bool {
        self.answer.body.trim_ascii().is_empty()
    }

    /// The error for a body that cannot be read.
    pub(in crate::onomondo) fn unexpected(&self, problem: BodyProblem) -> Error {
        self.answer
            .unexpected_body(self.exchange.clone(), problem, &self.redactor)
    }
}
