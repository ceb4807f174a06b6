//! The errors of a call.
//!
//! Each variant of [`Error`] is a situation that callers handle differently. Failures that need the
//! same reaction share a variant. There are four groups:
//!
//! - **Nothing was sent**: [`NotConfigured`](Error::NotConfigured), [`Setup`](Error::Setup),
//!   [`UnusableName`](Error::UnusableName), [`NameTaken`](Error::NameTaken). Change the
//!   configuration.
//! - **The API refused**: the variants with a [`Refusal`]. They hold the API's own words, and the
//!   request was not carried out. The exception is [`Server`](Error::Server): the result is
//!   unknown.
//! - **The answer is missing or invalid**: [`Transport`](Error::Transport),
//!   [`UnexpectedBody`](Error::UnexpectedBody), [`UnexpectedStatus`](Error::UnexpectedStatus),
//!   [`ListTruncated`](Error::ListTruncated), [`OddEntry`](Error::OddEntry),
//!   [`NamelessEntry`](Error::NamelessEntry), [`DuplicateName`](Error::DuplicateName),
//!   [`SimsCutOff`](Error::SimsCutOff), [`TagsCutOff`](Error::TagsCutOff),
//!   [`Unsettled`](Error::Unsettled). None of them ever means "there is no such connector".
//! - **The operation ended**: [`Stopped`](Error::Stopped),
//!   [`DeadlineExceeded`](Error::DeadlineExceeded), with the failure that was about to be retried.
//!
//! All errors hold an [`Exchange`], except the first group and the errors about the contents of a
//! list. Its `may_have_written` answers the important question after a failed write. When a caller
//! sees an error, all retries have already happened. Every text is redacted on entry, so an error
//! can be shown and logged as it is.

use std::time::Duration;

use crate::onomondo::{BodyProblem, Exchange, Reason};

/// The reason why a call failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// A required setting is missing or unknown. Nothing was sent.
    #[error("{}", not_configured(unknown))]
    NotConfigured {
        /// The settings with unknown values. Empty if no API key is set.
        unknown: Vec<&'static str>,
    },
    /// The HTTP client could not be made, for example because the user agent is not a valid header
    /// value.
    #[error("the HTTP client could not be set up: {cause}")]
    Setup {
        /// The HTTP client's error.
        cause: String,
    },
    /// The name cannot be part of a path, so no connector can have it.
    #[error("`{name}` cannot be the name of a connector, because a URL path cannot contain it")]
    UnusableName {
        /// The requested name.
        name: String,
    },
    /// 401: the API key was rejected.
    #[error("Onomondo rejected the API key: {0}")]
    Unauthorized(Box<Refusal>),
    /// 403: the key is not allowed to do this. On a delete, it may also mean that SIMs are still
    /// mapped to the connector.
    #[error("Onomondo denied permission: {0}")]
    Forbidden(Box<Refusal>),
    /// 400 or 422: the request is not valid.
    #[error("Onomondo rejected the request: {0}")]
    Invalid(Box<Refusal>),
    /// 404: nothing exists at that path.
    #[error("Onomondo found nothing at this path: {0}")]
    NotFound(Box<Refusal>),
    /// 409: the request conflicts with existing objects.
    #[error("Onomondo reported a conflict: {0}")]
    Conflict(Box<Refusal>),
    /// 429, even after the retries.
    #[error("too many requests to Onomondo: {0}")]
    RateLimited(Box<Refusal>),
    /// 5xx, even after the retries. Whether the request was carried out is unknown.
    #[error("Onomondo returned a server error: {0}")]
    Server(Box<Refusal>),
    /// No complete answer arrived.
    #[error("{failure}: {cause} ({exchange})")]
    Transport {
        /// The request.
        exchange: Box<Exchange>,
        /// How far the request got.
        failure: TransportFailure,
        /// The HTTP client's error, with its causes.
        cause: String,
    },
    /// The status is a success, but the body cannot be read.
    #[error("the response cannot be read: {problem}{} ({exchange}{})", shown_start(start), shown_type(content_type.as_ref()))]
    UnexpectedBody {
        /// The request.
        exchange: Box<Exchange>,
        /// The `Content-Type` of the answer.
        content_type: Option<String>,
        /// The first characters of the body.
        start: String,
        /// The fault in the body.
        problem: BodyProblem,
    },
    /// A redirect, which is never followed, or a status without a meaning here.
    #[error("unexpected response{}: {refusal}", shown_location(location.as_ref()))]
    UnexpectedStatus {
        /// The API's answer.
        refusal: Box<Refusal>,
        /// The target of a redirect, without its query.
        location: Option<String>,
    },
    /// The API shows only part of the list, and the name is not in that part.
    #[error(
        "the list of connectors ends after {limit} entries and does not contain `{name}`, so it \
         is not known whether `{name}` exists"
    )]
    ListTruncated {
        /// The requested name.
        name: String,
        /// The number of entries that it shows.
        limit: usize,
    },
    /// The entry with this name is not a connector in any known form.
    #[error("the list of connectors contains `{name}`, but {problem}")]
    OddEntry {
        /// The requested name.
        name: String,
        /// The fault in its entry.
        problem: BodyProblem,
    },
    /// An entry of the list has no name, and no other entry has the requested name.
    #[error(
        "the list of connectors does not contain `{name}`, but contains an entry without a name, \
         so it is not known whether `{name}` exists: {problem}"
    )]
    NamelessEntry {
        /// The requested name.
        name: String,
        /// The fault in that entry.
        problem: BodyProblem,
    },
    /// The list has the name more than once, so it does not identify a connector.
    #[error("the list of connectors contains {count} entries with the name `{name}`")]
    DuplicateName {
        /// The requested name.
        name: String,
        /// The number of entries with that name.
        count: usize,
    },
    /// The new name of a rename belongs to another connector. Nothing was sent.
    #[error("a connector named `{name}` already exists")]
    NameTaken {
        /// The new name.
        name: String,
    },
    /// Neither the response to a write nor the account shows whether the write was carried out.
    #[error("{write}. It is not known whether the change was made: {}", shown_look(look.as_deref()))]
    Unsettled {
        /// The failure of the write.
        write: Box<Error>,
        /// The failure of the list of connectors. `None` if the list cannot show the result,
        /// because it does not show objects that this API key makes.
        #[source]
        look: Option<Box<Error>>,
    },
    /// The API says that there are more SIMs, but does not list them.
    #[error(
        "Onomondo listed {count} SIMs and reported that there are more, but listed no others when \
         asked for them"
    )]
    SimsCutOff {
        /// The number of SIMs that it listed.
        count: usize,
    },
    /// The API says that there are more tags, but does not list them.
    #[error(
        "Onomondo listed {count} tags and reported that there are more, but listed no others when \
         asked for them"
    )]
    TagsCutOff {
        /// The number of tags that it listed.
        count: usize,
    },
    /// The operation was interrupted before the call finished.
    #[error("interrupted ({exchange}){}", shown_last(last.as_deref()))]
    Stopped {
        /// The request so far.
        exchange: Box<Exchange>,
        /// The failure that was about to be retried.
        #[source]
        last: Option<Box<Error>>,
    },
    /// The operation ran out of time before the call finished.
    #[error("the operation timed out ({exchange}){}", shown_last(last.as_deref()))]
    DeadlineExceeded {
        /// The request so far.
        exchange: Box<Exchange>,
        /// The failure that was about to be retried.
        #[source]
        last: Option<Box<Error>>,
    },
}

/// An answer with a status that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}{} ({exchange})", shown_wait(*retry_after))]
pub struct Refusal {
    /// The request.
    pub exchange: Exchange,
    /// The API's own words.
    pub reason: Reason,
    /// The wait that the API asked for, with 429 or 503.
    pub retry_after: Option<Duration>,
}

/// How far a request without a complete answer got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportFailure {
    /// There was no connection: name resolution failed, the connection was refused, or TLS failed.
    /// The API never saw the request.
    #[error("could not connect to Onomondo")]
    Connect,
    /// There was no connection, and someone must change a setting first: a proxy refuses, or a
    /// certificate is not trusted.
    #[error("could not connect to Onomondo")]
    Barred,
    /// There was a connection, but the request was certainly not processed.
    #[error("Onomondo did not process the request")]
    Unprocessed,
    /// The request was sent, but the answer did not arrive in time.
    #[error("Onomondo did not respond in time")]
    Timeout,
    /// The connection ended before the answer was complete.
    #[error("the connection to Onomondo was interrupted")]
    Interrupted,
}

impl TransportFailure {
    /// Whether the API may have carried out the request.
    pub(in crate::onomondo) fn reached_the_api(self) -> bool {
        match self {
            Self::Connect | Self::Barred | Self::Unprocessed => false,
            Self::Timeout | Self::Interrupted => true,
        }
    }
}

impl Error {
    /// The failed request, if there was one.
    #[must_use]
    pub fn exchange(&self) -> Option<&Exchange> {
        match self {
            Self::Transport { exchange, .. }
            | Self::UnexpectedBody { exchange, .. }
            | Self::Stopped { exchange, .. }
            | Self::DeadlineExceeded { exchange, .. } => Some(exchange),
            Self::Unsettled { write, .. } => write.exchange(),
            other => other.refusal().map(|refusal| &refusal.exchange),
        }
    }

    /// Marks that the failure certainly changed nothing.
    #[must_use]
    pub fn without_change(mut self) -> Self {
        if let Some(exchange) = self.exchange_mut() {
            exchange.may_have_written = false;
        }
        if let Self::Stopped { last, .. } | Self::DeadlineExceeded { last, .. } = &mut self {
            *last = last.take().map(|last| Box::new(last.without_change()));
        }
        self
    }

    fn exchange_mut(&mut self) -> Option<&mut Exchange> {
        match self {
            Self::Transport { exchange, .. }
            | Self::UnexpectedBody { exchange, .. }
            | Self::Stopped { exchange, .. }
            | Self::DeadlineExceeded { exchange, .. } => Some(exchange),
            Self::Unauthorized(refusal)
            | Self::Forbidden(refusal)
            | Self::Invalid(refusal)
            | Self::NotFound(refusal)
            | Self::Conflict(refusal)
            | Self::RateLimited(refusal)
            | Self::Server(refusal)
            | Self::UnexpectedStatus { refusal, .. } => Some(&mut refusal.exchange),
            _ => None,
        }
    }

    /// Whether no other connector could be read either. Reads share one list, but an error may
    /// concern only one of its entries, or the operation that waited for it.
    #[must_use]
    pub fn affects_all_reads(&self) -> bool {
        !matches!(
            self,
            Self::OddEntry { .. }
                | Self::NamelessEntry { .. }
                | Self::DuplicateName { .. }
                | Self::ListTruncated { .. }
                | Self::DeadlineExceeded { .. }
                | Self::Stopped { .. }
        )
    }

    /// The API's answer, if it refused.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Unauthorized(refusal)
            | Self::Forbidden(refusal)
            | Self::Invalid(refusal)
            | Self::NotFound(refusal)
            | Self::Conflict(refusal)
            | Self::RateLimited(refusal)
            | Self::Server(refusal)
            | Self::UnexpectedStatus { refusal, .. } => Some(refusal),
            _ => None,
        }
    }

    /// Whether the API may have carried out a change, although the call failed.
    #[must_use]
    pub fn may_have_written(&self) -> bool {
        matches!(self, Self::Unsettled { .. })
            || self
                .exchange()
                .is_some_and(|exchange| exchange.may_have_written)
    }
}

/// The wait that the API asked for, as part of a sentence.
fn shown_wait(asked: Option<Duration>) -> String {
    match asked.map_or(0, |asked| asked.as_secs()) {
        0 => String::new(),
        seconds => format!(
            "; Onomondo requests a wait of {}",
            humantime::format_duration(Duration::from_secs(seconds))
        ),
    }
}

fn not_configured(unknown: &[&str]) -> String {
    if unknown.is_empty() {
        return "no API key is set".to_owned();
    }
    let names: Vec<String> = unknown.iter().map(|name| format!("`{name}`")).collect();
    format!(
        "the value of {} is not known yet, so the provider cannot call Onomondo",
        names.join(" and ")
    )
}

fn shown_start(start: &str) -> String {
    if start.is_empty() {
        return String::new();
    }
    format!("; it starts with `{start}`")
}

fn shown_type(content_type: Option<&String>) -> String {
    content_type.map_or_else(String::new, |given| format!(", content type `{given}`"))
}

fn shown_location(location: Option<&String>) -> String {
    location.map_or_else(String::new, |location| {
        format!(", a redirect to `{location}` (redirects are not followed)")
    })
}

fn shown_look(look: Option<&Error>) -> String {
    look.map_or_else(
        || "the list of connectors does not show it; the API key may be limited to tags".to_owned(),
        Error::to_string,
    )
}

fn shown_last(last: Option<&Error>) -> String {
    last.map_or_else(String::new, |last| format!("; before that: {last}"))
}
