//! The one place that every request passes through: configuration, attempts, waits, logs.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::{
    asked_wait,
    attempt::{Answer, BODY_LIMIT, Outcome, attempt},
    operation::Ended,
    request::Request,
    retry,
};
use crate::onomondo::{
    ApiKey, BodyProblem, Client, Error, Exchange, Operation,
    report::{body_log, redact::Redactor},
    wire::decode,
};

/// A successful answer, with what is needed to tell of it.
pub(in crate::onomondo) struct Success {
    pub(in crate::onomondo) exchange: Exchange,
    answer: Answer,
    redactor: Redactor,
}

impl Client {
    /// Sends the request, and again where that is safe, until there is an answer. Any 2xx is a
    /// success; every other end is an error.
    pub(in crate::onomondo) async fn send(
        &self,
        operation: &Operation,
        request: &Request<'_>,
    ) -> Result<Success, Error> {
        let key = self.api_key()?;
        let url = request.url(&self.config().base_url)?;
        let http = self.http().await?;
        let redactor = self.config().redactor.clone();
        for secret in request.secrets.iter().chain([key.secret()]) {
            redactor.learn(secret);
        }
        let mut exchange = Exchange::unsent(request.method_name(), shown_path(&url, &redactor));
        operation
            .may_begin()
            .map_err(|ended| ended.into_error(exchange.clone(), None))?;

        let _write = request.changes().then(|| self.account().connectors.write());
        let start = Instant::now();
        let mut waits = retry::waits(self.first_wait(), self.config().max_retries);
        let mut failure = None;
        loop {
            if let Err((ended, cause)) = self.pace().ready(operation).await {
                exchange.elapsed = start.elapsed();
                return Err(ended.into_error(exchange, failure.or(cause)));
            }
            let attempt_start = Instant::now();
            let timeout = operation.at_most(self.config().request_timeout);
            let outcome =
                attempt(http, key.header(), request, url.clone(), timeout, &redactor).await;
            exchange.attempts += 1;
            exchange.elapsed = start.elapsed();
            record(&mut exchange, &outcome, &redactor);
            log(&exchange, &outcome, attempt_start.elapsed(), &redactor);
            if let Outcome::Answered(answer) = &outcome
                && let Some(wait) = asked_wait::when_exhausted(&answer.headers, SystemTime::now())
            {
                tracing::warn!(
                    wait_ms = milliseconds(wait),
                    "Onomondo's rate limit is used up, all requests wait for its reset"
                );
                self.pace().close(wait, None);
            }

            let error = match conclude(&exchange, outcome, &redactor) {
                Ok(answer) => {
                    return Ok(Success {
                        exchange,
                        answer,
                        redactor,
                    });
                }
                Err(error) => error,
            };
            if matches!(error, Error::Transport { .. }) && operation.deadline_has_passed() {
                return Err(Ended::DeadlineExceeded.into_error(exchange, Some(error)));
            }
            if !operation.repeats() || !request.repeat.allows(&error) {
                return Err(error);
            }
            let Some(wait) = waits.next() else {
                return Err(error);
            };
            let asked = error.refusal().and_then(|refusal| refusal.retry_after);
            if asked.is_some_and(|asked| asked > asked_wait::LONGEST_ASKED_WAIT) {
                // Nobody waits for hours at a prompt: the error says how long it would take.
                return Err(error);
            }
            // What the API asks for may be nothing, or a time that has passed.
            let wait = asked.map_or(wait, |asked| asked.max(wait));
            operation.note_setback(&error);
            tracing::warn!(
                method = exchange.method,
                path = exchange.path,
                attempt = exchange.attempts,
                wait_ms = milliseconds(wait),
                reason = %error,
                "request failed, trying again after a wait"
            );
            if asked.is_some() || matches!(error, Error::RateLimited(_)) {
                // It is not about this request alone.
                self.pace().close(wait, Some(&error));
            } else if let Err(ended) = operation.wait(wait).await {
                exchange.elapsed = start.elapsed();
                return Err(ended.into_error(exchange, Some(error)));
            }
            failure = Some(error);
        }
    }

    /// The key, once everything that a request needs is known.
    fn api_key(&self) -> Result<&ApiKey, Error> {
        let config = self.config();
        match &config.api_key {
            Some(key) if config.unknown.is_empty() => Ok(key),
            _ => Err(Error::NotConfigured {
                unknown: config.unknown.clone(),
            }),
        }
    }
}

impl Success {
    /// An answer to a request that was never sent.
    #[cfg(any(test, fuzzing))]
    pub(in crate::onomondo) fn of(exchange: Exchange, answer: Answer, redactor: Redactor) -> Self {
        Self {
            exchange,
            answer,
            redactor,
        }
    }

    /// The body as JSON.
    pub(in crate::onomondo) fn json(&self) -> Result<serde_json::Value, Error> {
        decode::json(&self.answer.body).map_err(|problem| self.unexpected(problem))
    }

    /// Whether there is no body. A 204 has none, and writes may be answered with nothing.
    pub(in crate::onomondo) fn is_empty(&self) -> bool {
        self.answer.body.trim_ascii().is_empty()
    }

    /// The error for a body that cannot be read.
    pub(in crate::onomondo) fn unexpected(&self, problem: BodyProblem) -> Error {
        self.answer
            .unexpected_body(self.exchange.clone(), problem, &self.redactor)
    }
}

impl Ended {
    /// The error of an operation that may not go on.
    pub(in crate::onomondo) fn into_error(self, exchange: Exchange, last: Option<Error>) -> Error {
        let exchange = Box::new(exchange);
        // An end within an end says the same twice: what counts is what came before either.
        let last = match last {
            Some(Error::Stopped { last, .. } | Error::DeadlineExceeded { last, .. }) => last,
            last => last.map(Box::new),
        };
        match self {
            Self::Stopped => Error::Stopped { exchange, last },
            Self::DeadlineExceeded => Error::DeadlineExceeded { exchange, last },
        }
    }
}

/// Notes what the attempt tells. A change may have been made by any attempt, not just the last.
fn record(exchange: &mut Exchange, outcome: &Outcome, redactor: &Redactor) {
    let processed = match outcome {
        Outcome::Answered(answer) | Outcome::TooLong(answer) => {
            exchange.status = Some(answer.status.as_u16());
            exchange.request_id = answer.request_id(redactor);
            answer.status.is_success() || answer.status.is_server_error()
        }
        Outcome::Broken { failure, .. } => {
            exchange.status = None;
            exchange.request_id = None;
            failure.reached_the_api()
        }
    };
    exchange.may_have_written |= processed && exchange.method != "GET";
}

fn conclude(exchange: &Exchange, outcome: Outcome, redactor: &Redactor) -> Result<Answer, Error> {
    match outcome {
        Outcome::Answered(answer) if answer.status.is_success() => Ok(answer),
        Outcome::Answered(answer) => Err(answer.refusal(exchange.clone(), redactor)),
        Outcome::TooLong(answer) => {
            let problem = BodyProblem::TooLong { limit: BODY_LIMIT };
            Err(answer.unexpected_body(exchange.clone(), problem, redactor))
        }
        Outcome::Broken { failure, cause } => Err(Error::Transport {
            exchange: Box::new(exchange.clone()),
            failure,
            cause,
        }),
    }
}

fn log(exchange: &Exchange, outcome: &Outcome, duration: Duration, redactor: &Redactor) {
    let failure = match outcome {
        Outcome::Broken { cause, .. } => Some(cause.as_str()),
        _ => None,
    };
    tracing::debug!(
        method = exchange.method,
        path = exchange.path,
        status = exchange.status,
        duration_ms = milliseconds(duration),
        request_id = exchange.request_id,
        attempt = exchange.attempts,
        failure,
        "HTTP exchange"
    );
    if let Outcome::Answered(answer) = outcome
        && tracing::enabled!(tracing::Level::TRACE)
    {
        let body = body_log::shown(&answer.body, redactor);
        tracing::trace!(
            method = exchange.method,
            path = exchange.path,
            body,
            "HTTP answer body"
        );
    }
}

fn shown_path(url: &url::Url, redactor: &Redactor) -> String {
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    redactor.redact(&path)
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
