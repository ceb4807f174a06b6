//! What can go wrong with a call.
//!
//! Each variant of [`Error`] is one situation that a caller acts on differently; two failures that
//! ask for the same reaction share one. They fall into four groups:
//!
//! - **Nothing was sent**: [`NotConfigured`](Error::NotConfigured), [`Setup`](Error::Setup),
//!   [`UnusableName`](Error::UnusableName), [`NameTaken`](Error::NameTaken). Change the configuration.
//! - **The API said no**: the variants with a [`Refusal`]. They carry the API's own words, and the
//!   request was not carried out. [`Server`](Error::Server) is the exception: nobody knows.
//! - **There was no answer, or one that makes no sense**: [`Transport`](Error::Transport),
//!   [`UnexpectedBody`](Error::UnexpectedBody), [`UnexpectedStatus`](Error::UnexpectedStatus),
//!   [`ListTruncated`](Error::ListTruncated), [`DuplicateName`](Error::DuplicateName),
//!   [`SimsCutOff`](Error::SimsCutOff), [`Unsettled`](Error::Unsettled). None of them is ever read as
//!   "there is no such connector".
//! - **The operation ended**: [`Stopped`](Error::Stopped),
//!   [`DeadlineExceeded`](Error::DeadlineExceeded), with the failure that was about to be retried.
//!
//! All but the first group carry an [`Exchange`], whose `may_have_written` answers the one question
//! that matters after a failed write. Repeats have already happened when a caller sees an error.
//! Every text is redacted where it enters, so an error can be shown and logged as it is.

use std::time::Duration;

use crate::onomondo::{BodyProblem, Exchange, Reason};

/// Why a call failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// A setting that every request needs is missing or not known yet; nothing was sent.
    #[error("{}", not_configured(unknown))]
    NotConfigured {
        /// The settings whose values are not known yet; empty when no API key is set.
        unknown: Vec<&'static str>,
    },
    /// The HTTP client could not be made, for example for a user agent that is no header value.
    #[error("the HTTP client could not be set up: {cause}")]
    Setup {
        /// What the HTTP client said.
        cause: String,
    },
    /// A name that no path can carry, so no connector can have it.
    #[error("`{name}` cannot be the name of a connector, because a URL path cannot contain it")]
    UnusableName {
        /// The name that was asked for.
        name: String,
    },
    /// 401: the API key was refused.
    #[error("Onomondo rejected the API key: {0}")]
    Unauthorized(Box<Refusal>),
    /// 403: the key may not do this; on a delete, also: SIMs are still mapped to the connector.
    #[error("Onomondo denied permission: {0}")]
    Forbidden(Box<Refusal>),
    /// 400 or 422: the request is not valid.
    #[error("Onomondo rejected the request: {0}")]
    Invalid(Box<Refusal>),
    /// 404: there is nothing at that path.
    #[error("Onomondo found nothing at this path: {0}")]
    NotFound(Box<Refusal>),
    /// 409: the request collides with what exists.
    #[error("Onomondo reported a conflict: {0}")]
    Conflict(Box<Refusal>),
    /// 429, still after the repeats.
    #[error("too many requests to Onomondo: {0}")]
    RateLimited(Box<Refusal>),
    /// 5xx, still after the repeats. Whether the request was carried out is not known.
    #[error("Onomondo returned a server error: {0}")]
    Server(Box<Refusal>),
    /// No complete answer arrived.
    #[error("{failure}: {cause} ({exchange})")]
    Transport {
        /// What was sent.
        exchange: Box<Exchange>,
        /// How far it came.
        failure: TransportFailure,
        /// What the HTTP client said, with its causes.
        cause: String,
    },
    /// A successful status with a body that cannot be read.
    #[error("the response cannot be read: {problem}{} ({exchange}{})", shown_start(start), shown_type(content_type.as_ref()))]
    UnexpectedBody {
        /// What was sent.
        exchange: Box<Exchange>,
        /// The `Content-Type` of the answer.
        content_type: Option<String>,
        /// The first characters of the body.
        start: String,
        /// What is wrong with it.
        problem: BodyProblem,
    },
    /// A redirect, which is never followed, or a status that has no meaning here.
    #[error("unexpected response{}: {refusal}", shown_location(location.as_ref()))]
    UnexpectedStatus {
        /// What the API said.
        refusal: Box<Refusal>,
        /// Where a redirect points, without its query.
        location: Option<String>,
    },
    /// The API shows only a part of the list, and the name is not in it.
    #[error(
        "the list of connectors ends after {limit} entries and does not contain `{name}`, so it \
         is not known whether `{name}` exists"
    )]
    ListTruncated {
        /// The name that was looked for.
        name: String,
        /// How many entries it shows.
        limit: usize,
    },
    /// The entry of this name is not a connector as this provider knows them.
    #[error("the list of connectors contains `{name}`, but {problem}")]
    OddEntry {
        /// The name that was looked for.
        name: String,
        /// What is wrong with its entry.
        problem: BodyProblem,
    },
    /// An entry of the list has no name, and the name that was looked for is not among the others.
    #[error(
        "the list of connectors does not contain `{name}`, but contains an entry without a name, \
         so it is not known whether `{name}` exists: {problem}"
    )]
    NamelessEntry {
        /// The name that was looked for.
        name: String,
        /// What is wrong with that entry.
        problem: BodyProblem,
    },
    /// The list has the name more than once, so the name identifies nothing.
    #[error("the list of connectors contains {count} entries with the name `{name}`")]
    DuplicateName {
        /// The name that was looked for.
        name: String,
        /// How many entries have it.
        count: usize,
    },
    /// Another connector has the name that a connector was to be renamed to; nothing was sent.
    #[error("a connector named `{name}` already exists")]
    NameTaken {
        /// The new name.
        name: String,
    },
    /// A write whose answer does not say whether it was carried out, and neither does the account.
    #[error("{write}. It is not known whether the change was made: {}", shown_look(look.as_deref()))]
    Unsettled {
        /// How the write failed.
        write: Box<Error>,
        /// Why the list of connectors could not be had; `None` where the list cannot tell, since it
        /// does not show what this API key makes.
        #[source]
        look: Option<Box<Error>>,
    },
    /// The API says that there are more SIMs, and does not list them.
    #[error(
        "Onomondo listed {count} SIMs and reported that there are more, but listed no others when \
         asked for them"
    )]
    SimsCutOff {
        /// How many were listed.
        count: usize,
    },
    /// The operation was interrupted before the call was done.
    #[error("interrupted ({exchange}){}", shown_last(last.as_deref()))]
    Stopped {
        /// What was sent so far.
        exchange: Box<Exchange>,
        /// The failure that was about to be retried.
        #[source]
        last: Option<Box<Error>>,
    },
    /// The operation's time was over before the call was done.
    #[error("the operation timed out ({exchange}){}", shown_last(last.as_deref()))]
    DeadlineExceeded {
        /// What was sent so far.
        exchange: Box<Exchange>,
        /// The failure that was about to be retried.
        #[source]
        last: Option<Box<Error>>,
    },
}

/// An answer whose status is not a success.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}{} ({exchange})", shown_wait(*retry_after))]
pub struct Refusal {
    /// What was sent.
    pub exchange: Exchange,
    /// What the API said.
    pub reason: Reason,
    /// How long the API asked to wait, with 429 or 503.
    pub retry_after: Option<Duration>,
}

/// How far a request came that got no complete answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TransportFailure {
    /// No connection: name resolution, a refused connection, TLS. The API never saw the request.
    #[error("could not connect to Onomondo")]
    Connect,
    /// No connection, and none before somebody changes something: a proxy that refuses, a certificate
    /// that is not trusted.
    #[error("could not connect to Onomondo")]
    Barred,
    /// There was a connection, and it is certain that nothing came of the request.
    #[error("Onomondo did not process the request")]
    Unprocessed,
    /// The request was sent, and the answer did not arrive in time.
    #[error("Onomondo did not respond in time")]
    Timeout,
    /// The connection ended before the answer was complete.
    #[error("the connection to Onomondo was interrupted")]
    Interrupted,
}

impl TransportFailure {
    /// Whether the API may have carried the request out.
    pub(in crate::onomondo) fn reached_the_api(self) -> bool {
        match self {
            Self::Connect | Self::Barred | Self::Unprocessed => false,
            Self::Timeout | Self::Interrupted => true,
        }
    }
}

impl Error {
    /// The request that failed, if one was to be sent.
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

    /// The same failure, once it is known that it changed nothing.
    #[must_use]
    pub fn without_change(mut self) -> Self {
        if let Some(exchange) = self.exchange_mut() {
            exchange.may_have_written = false;
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

    /// What the API said, if it said no.
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

    /// Whether the API may have carried out a change although the call failed.
    #[must_use]
    pub fn may_have_written(&self) -> bool {
        matches!(self, Self::Unsettled { .. })
            || self
                .exchange()
                .is_some_and(|exchange| exchange.may_have_written)
    }
}

/// What the API asked for is the answer to "how much later".
fn shown_wait(asked: Option<Duration>) -> String {
    match asked.map_or(0, |asked| asked.as_secs()) {
        0 => String::new(),
        seconds => format!(
            "; it asks to wait {}",
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
        names.join(", ")
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
        || {
            "the list of connectors does not show it, as for an API key that is limited to tags"
                .to_owned()
        },
        Error::to_string,
    )
}

fn shown_last(last: Option<&Error>) -> String {
    last.map_or_else(String::new, |last| format!("; before that: {last}"))
}
