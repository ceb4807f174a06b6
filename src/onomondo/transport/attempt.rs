//! One attempt of a request, and its answer.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode, header};
use tokio::time::{Instant, timeout};
use url::Url;

use super::{http_client::HttpClient, no_answer::NoAnswer, request::Request, retry_after};
use crate::onomondo::{
    BodyProblem, Error, Exchange, Reason, Refusal, TransportFailure,
    report::{
        body_log, exchange,
        reason::{self, excerpt},
        redact::Redactor,
    },
};

/// The maximum number of bytes of a body to read. A thousand connectors take far fewer.
pub(in crate::onomondo) const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// The result of one attempt.
pub(in crate::onomondo) enum Outcome {
    /// A complete answer with any status.
    Answered(Answer),
    /// An answer that is too long.
    TooLong(Answer),
    /// No complete answer.
    Broken {
        failure: TransportFailure,
        /// The HTTP library's error with its causes, redacted.
        cause: String,
    },
}

/// An answer with its body.
pub(in crate::onomondo) struct Answer {
    pub(in crate::onomondo) status: StatusCode,
    pub(in crate::onomondo) headers: HeaderMap,
    pub(in crate::onomondo) body: Vec<u8>,
}

/// The time limits of one attempt.
#[derive(Debug, Clone, Copy)]
pub(in crate::onomondo) struct Limits {
    /// From connecting to the last byte.
    pub(in crate::onomondo) whole: Duration,
    /// From connecting to the start of the answer, after the name is resolved.
    pub(in crate::onomondo) first_sign: Duration,
}

/// Sends the request once and reads the whole answer.
pub(in crate::onomondo) async fn attempt(
    http: &HttpClient,
    key: http::HeaderValue,
    request: &Request<'_>,
    url: Url,
    limits: Limits,
    redactor: &Redactor,
) -> Outcome {
    if let Some(body) = &request.body
        && tracing::enabled!(tracing::Level::TRACE)
    {
        let body = body_log::shown(body.to_string().as_bytes(), redactor);
        tracing::trace!(method = request.method_name(), body, "HTTP request body");
    }
    let origin = url.origin().ascii_serialization();
    let connections = http.connections();
    let outcome = exchange_once(http, &connections.client, key, request, url, limits).await;
    // A connection without an answer, or for another host (421), is of no use for the next request.
    let is_of_use =
        matches!(&outcome, Ok(Outcome::Answered(answer)) if answer.status.as_u16() != 421);
    if !is_of_use {
        http.leave(&connections);
    }
    outcome.unwrap_or_else(|lost| {
        // Shows only the origin of the URL: a message must never contain a query.
        let cause = format!("`{origin}`: {}", lost.cause);
        Outcome::Broken {
            failure: lost.failure,
            cause: excerpt(&redactor.redact(&cause)),
        }
    })
}

async fn exchange_once(
    http: &HttpClient,
    client: &reqwest::Client,
    key: http::HeaderValue,
    request: &Request<'_>,
    url: Url,
    limits: Limits,
) -> Result<Outcome, NoAnswer> {
    let start = Instant::now();
    let resolved = http.resolve(limits.whole / 2).await;
    resolved.map_err(|error| NoAnswer::unresolved(http, &error))?;
    let mut builder = client
        .request(request.method.clone(), url)
        .timeout(limits.whole.saturating_sub(start.elapsed()))
        .header(header::AUTHORIZATION, key)
        .header(header::ACCEPT, "application/json");
    if let Some(body) = &request.body {
        builder = builder.json(body);
    }
    let failed = |error: reqwest::Error| NoAnswer::new(http, &error);
    let response = match limits.first_sign {
        // The library's own time limit reports more about the failure.
        limit if limit >= limits.whole => builder.send().await,
        limit => match timeout(limit, builder.send()).await {
            Ok(response) => response,
            Err(_) => return Err(NoAnswer::unanswered(limit)),
        },
    };
    read(response.map_err(failed)?).await.map_err(failed)
}

async fn read(mut response: reqwest::Response) -> Result<Outcome, reqwest::Error> {
    let mut answer = Answer {
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: Vec::new(),
    };
    while let Some(chunk) = response.chunk().await? {
        if answer.body.len() + chunk.len() > BODY_LIMIT {
            return Ok(Outcome::TooLong(answer));
        }
        answer.body.extend_from_slice(&chunk);
    }
    Ok(Outcome::Answered(answer))
}

impl Answer {
    /// The text of a header, redacted.
    pub(in crate::onomondo) fn header(
        &self,
        name: header::HeaderName,
        redactor: &Redactor,
    ) -> Option<String> {
        let text = self.headers.get(name)?.to_str().ok()?;
        Some(excerpt(&redactor.redact(text)))
    }

    /// The request ID of the answer.
    pub(in crate::onomondo) fn request_id(&self, redactor: &Redactor) -> Option<String> {
        exchange::request_id(&self.headers, redactor)
    }

    /// The error for a body that cannot be read.
    pub(in crate::onomondo) fn unexpected_body(
        &self,
        exchange: Exchange,
        problem: BodyProblem,
        redactor: &Redactor,
    ) -> Error {
        let start = &self.body[..self.body.len().min(16 * 1024)];
        Error::UnexpectedBody {
            exchange: Box::new(exchange),
            content_type: self.header(header::CONTENT_TYPE, redactor),
            start: excerpt(&body_log::shown(start, redactor)),
            problem: problem.redacted(redactor),
        }
    }

    /// The error for a status that is not a success.
    pub(in crate::onomondo) fn refusal(&self, exchange: Exchange, redactor: &Redactor) -> Error {
        let refusal = Box::new(Refusal {
            exchange,
            reason: Reason::read(&self.body, redactor),
            retry_after: retry_after::after_refusal(
                self.status.as_u16(),
                &self.headers,
                SystemTime::now(),
            ),
        });
        match self.status.as_u16() {
            400 | 422 => Error::Invalid(refusal),
            401 => Error::Unauthorized(refusal),
            403 => Error::Forbidden(refusal),
            // For a write, a 404 from something like a gateway must not count as done.
            404 if refusal.exchange.method == "GET" || reason::is_the_apis_own(&self.body) => {
                Error::NotFound(refusal)
            }
            409 => Error::Conflict(refusal),
            429 => Error::RateLimited(refusal),
            500..600 => Error::Server(refusal),
            _ => Error::UnexpectedStatus {
                refusal,
                location: self.location(redactor),
            },
        }
    }

    /// The target of a redirect without parts that may be secret: user information, query,
    /// fragment.
    fn location(&self, redactor: &Redactor) -> Option<String> {
        let location = self.headers.get(header::LOCATION)?.to_str().ok()?;
        let end = location.find(['?', '#']).unwrap_or(location.len());
        let mut location = location[..end].to_owned();
        if let Ok(mut url) = Url::parse(&location)
            && (!url.username().is_empty() || url.password().is_some())
        {
            // Both fail only for URLs that cannot have these parts.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            location = url.into();
        }
        Some(excerpt(&redactor.redact(&location)))
    }
}
