//! Sends every request: configuration, attempts, waits, logs.

use std::time::{Duration, SystemTime};

use backon::ExponentialBackoff;
use tokio::time::Instant;
use url::Url;

use super::{
    attempt::{Answer, BODY_LIMIT, Limits, Outcome, attempt},
    http_client::HttpClient,
    no_answer::NoAnswer,
    operation::Ended,
    patience::Patience,
    request::Request,
    retry, retry_after,
    success::Success,
};
use crate::onomondo::{
    ApiKey, BodyProblem, Client, Error, Exchange, Operation,
    report::{body_log, redact::Redactor},
    wire::written::Start,
};

/// One request with all the attempts that the configuration allows.
pub(in crate::onomondo) struct Sending<'a> {
    client: &'a Client,
    operation: &'a Operation,
    request: &'a Request<'a>,
    key: &'a ApiKey,
    http: &'a HttpClient,
    url: Url,
    redactor: Redactor,
    exchange: Exchange,
    start: Start,
    waits: ExponentialBackoff,
    patience: Patience,
}

impl Client {
    /// Sends the request, with safe retries, until there is an answer. Any 2xx is a success;
    /// everything else is an error.
    pub(in crate::onomondo) async fn send(
        &self,
        operation: &Operation,
        request: &Request<'_>,
    ) -> Result<Success, Error> {
        self.prepare(operation, request).await?.send().await
    }

    /// Prepares a request that may be sent again after a lost response. All its attempts count
    /// together.
    pub(in crate::onomondo) async fn prepare<'a>(
        &'a self,
        operation: &'a Operation,
        request: &'a Request<'a>,
    ) -> Result<Sending<'a>, Error> {
        let key = self.api_key()?;
        let url = request.url(&self.config().base_url)?;
        let redactor = self.config().redactor.clone();
        for secret in request.secrets.iter().chain([key.secret()]) {
            redactor.learn(secret);
        }
        let exchange = Exchange::unsent(request.method_name(), shown_path(&url, &redactor));
        Ok(Sending {
            client: self,
            operation,
            request,
            key,
            http: self.http().await?,
            url,
            redactor,
            exchange,
            start: Start {
                at: Instant::now(),
                sets_secrets: !request.secrets.is_empty(),
            },
            waits: retry::waits(self.first_wait(), self.config().max_retries),
            patience: Patience::default(),
        })
    }

    /// The API key, after a check that all required settings are known.
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

impl Sending<'_> {
    /// The request so far.
    pub(in crate::onomondo) fn exchange(&self) -> &Exchange {
        &self.exchange
    }

    /// The time when it was first sent.
    pub(in crate::onomondo) fn start(&self) -> Start {
        self.start
    }

    /// The wait before the next attempt. `None` if there are no attempts left.
    pub(in crate::onomondo) fn next_wait(&mut self) -> Option<Duration> {
        self.waits.next()
    }

    /// Sends the request, with safe retries, until there is an answer.
    pub(in crate::onomondo) async fn send(&mut self) -> Result<Success, Error> {
        let operation = self.operation;
        operation
            .may_begin()
            .map_err(|ended| ended.into_error(self.exchange.clone(), None))?;
        let changed = self.request.changed();
        let _write = changed.map(|changed| self.client.account().write(changed));
        if self.exchange.attempts == 0 {
            self.start.at = Instant::now();
        }
        let mut failure = None;
        loop {
            if let Err((ended, cause)) = self.client.pace().ready(operation).await {
                self.exchange.elapsed = self.start.at.elapsed();
                return Err(ended.into_error(self.exchange.clone(), failure.or(cause)));
            }
            let attempt_start = Instant::now();
            if self.exchange.attempts == 0 {
                // Set only now, since another request may have been sent while this one waited for
                // its turn.
                self.start.at = attempt_start;
            }
            let error = match self.attempt(attempt_start).await {
                Ok(answer) => {
                    let (exchange, redactor) = (self.exchange.clone(), self.redactor.clone());
                    return Ok(Success::new(exchange, self.start, answer, redactor));
                }
                Err(error) => error,
            };
            if matches!(error, Error::Transport { .. }) && operation.deadline_has_passed() {
                return Err(Ended::DeadlineExceeded.into_error(self.exchange.clone(), Some(error)));
            }
            if !operation.repeats() || !self.request.repeat.allows(&error) {
                return Err(error);
            }
            let Some(wait) = self.waits.next() else {
                self.client.reach().give_up();
                return Err(error);
            };
            let asked = error.refusal().and_then(|refusal| refusal.retry_after);
            if asked.is_some_and(|asked| asked > retry_after::LONGEST_ASKED_WAIT) {
                // No one waits for hours at a prompt: the error says how long it would take.
                return Err(error);
            }
            // The API may ask for no wait, or for a time in the past.
            let wait = asked.map_or(wait, |asked| asked.max(wait));
            let transport_failure = match &error {
                Error::Transport { failure, .. } => Some(*failure),
                _ => None,
            };
            let is_read = !self.request.changes();
            let reach = self.client.reach();
            if self
                .patience
                .is_over(reach, transport_failure, is_read, attempt_start, wait)
            {
                return Err(error);
            }
            operation.note_setback(&error);
            tracing::warn!(
                method = self.exchange.method,
                path = self.exchange.path,
                attempt = self.exchange.attempts,
                wait_ms = milliseconds(wait),
                reason = %error,
                "request failed; trying again after a wait"
            );
            if asked.is_some() || matches!(error, Error::RateLimited(_)) {
                // The failure concerns all requests, not just this one.
                self.client.pace().close(wait, Some(&error));
            } else if let Err(ended) = operation.wait(wait).await {
                self.exchange.elapsed = self.start.at.elapsed();
                return Err(ended.into_error(self.exchange.clone(), Some(error)));
            }
            failure = Some(error);
        }
    }

    /// Sends the request once and records the result.
    async fn attempt(&mut self, start: Instant) -> Result<Answer, Error> {
        let whole = self.operation.at_most(self.client.config().request_timeout);
        let first_sign = if self.request.changes() {
            whole
        } else {
            self.patience.first_sign(self.client.reach(), whole)
        };
        let limits = Limits { whole, first_sign };
        self.operation.note_sent();
        let (key, url) = (self.key.header(), self.url.clone());
        let outcome = attempt(self.http, key, self.request, url, limits, &self.redactor).await;
        self.exchange.attempts += 1;
        self.exchange.elapsed = self.start.at.elapsed();
        record(&mut self.exchange, &outcome, &self.redactor);
        log(&self.exchange, &outcome, start.elapsed(), &self.redactor);
        if matches!(outcome, Outcome::Answered(_) | Outcome::TooLong(_)) {
            self.client.note_answer();
        }
        if let Outcome::Answered(answer) = &outcome
            && let Some(wait) = retry_after::when_exhausted(&answer.headers, SystemTime::now())
        {
            tracing::warn!(
                wait_ms = milliseconds(wait),
                "Onomondo's rate limit is used up; all requests wait until it is reset"
            );
            self.client.pace().close(wait, None);
        }
        conclude(&self.exchange, outcome, &self.redactor)
    }
}

impl Ended {
    /// The error for a request without an answer, if the deadline ended it. `None` for an
    /// interrupt.
    pub(in crate::onomondo) fn unanswered(self, exchange: &Exchange) -> Option<Error> {
        let limit = Duration::from_millis(milliseconds(exchange.elapsed));
        let NoAnswer { failure, cause } = NoAnswer::unanswered(limit);
        (self == Self::DeadlineExceeded).then(|| Error::Transport {
            exchange: Box::new(exchange.clone()),
            failure,
            cause,
        })
    }

    /// The error of an operation that must end.
    pub(in crate::onomondo) fn into_error(self, exchange: Exchange, last: Option<Error>) -> Error {
        let exchange = Box::new(exchange);
        // If the last failure is itself the end of an operation, keep only the failure before it.
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

/// Records the result of an attempt. Any attempt may have made a change, not just the last one.
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
            "HTTP response body"
        );
    }
}

fn shown_path(url: &Url, redactor: &Redactor) -> String {
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
