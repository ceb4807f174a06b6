//! The error for a request without a complete answer. It names the cause, such as a proxy.

use std::{error::Error as StdError, io, time::Duration};

use super::{dns::DnsError, http_client::HttpClient, proxy::Proxy};
use crate::onomondo::TransportFailure;

/// A request without a complete answer.
pub(super) struct NoAnswer {
    pub(super) failure: TransportFailure,
    /// The libraries' errors with their causes. Not redacted.
    pub(super) cause: String,
}

/// Messages of hyper's tunnel and SOCKS code, and their meaning. There are no public types for
/// them. The tests in `tests/network` fail if the messages change.
const WORDS_OF_PROXIES: &[(&str, &str)] = &[
    (
        "tunnel error: proxy authorization required",
        "it requires a user name and a password, or does not accept the ones it received (status \
         407)",
    ),
    (
        "SOCKS error: server does not support user/pass authentication",
        "it requires an authentication method other than the user name and password that its \
         address can contain",
    ),
    (
        "SOCKS error: credentials not accepted",
        "it does not accept the user name and the password",
    ),
    (
        "tunnel error: unsuccessful",
        "it refused to connect to Onomondo",
    ),
    (
        "tunnel error: unexpected end of file",
        "it closed the connection",
    ),
];

/// The number of messages, from the start of this list, after which a retry cannot help.
const FINAL_WORDS: usize = 3;

impl NoAnswer {
    /// The name was not resolved.
    pub(super) fn unresolved(http: &HttpClient, error: &DnsError) -> Self {
        let host = http.host();
        let cause = format!("the host name `{host}` could not be resolved: {error}");
        Self {
            failure: TransportFailure::Connect,
            cause: match http.proxy() {
                Some(proxy) => at(proxy, &cause),
                None => cause,
            },
        }
    }

    /// The API gave no sign of life for this long.
    pub(super) fn unanswered(limit: Duration) -> Self {
        Self {
            failure: TransportFailure::Timeout,
            cause: format!("no response within {}", humantime::format_duration(limit)),
        }
    }

    /// Converts the HTTP library's error.
    pub(super) fn new(http: &HttpClient, error: &reqwest::Error) -> Self {
        if error.is_connect() {
            return Self::unconnected(error, http.proxy(), http.connect_limit());
        }
        let failure = if error.is_timeout() {
            TransportFailure::Timeout
        } else if was_not_processed(error) {
            TransportFailure::Unprocessed
        } else {
            TransportFailure::Interrupted
        };
        Self {
            failure,
            cause: words(error),
        }
    }

    fn unconnected(error: &reqwest::Error, proxy: Option<&Proxy>, limit: Duration) -> Self {
        let tls = causes(error).find_map(in_tls);
        let proxy_said = WORDS_OF_PROXIES
            .iter()
            .position(|(theirs, _)| causes(error).any(|cause| cause.to_string() == *theirs));
        let is_at_proxy = causes(error).any(|cause| {
            let text = cause.to_string();
            text.starts_with("tunnel error") || text.contains("socks proxy")
        });
        let is_final = proxy_said.is_some_and(|place| place < FINAL_WORDS)
            || matches!(tls, Some(rustls::Error::InvalidCertificate(_)));
        let cause = match (proxy_said, tls) {
            (Some(place), _) => WORDS_OF_PROXIES[place].1.to_owned(),
            (None, Some(rustls::Error::InvalidMessage(_))) => {
                "the server there does not speak TLS".to_owned()
            }
            // rustls' own messages do not mention TLS.
            (None, Some(error)) => format!("TLS failed: {error}"),
            (None, None) if error.is_timeout() => {
                format!("no connection within {}", humantime::format_duration(limit))
            }
            (None, None) => words(error),
        };
        Self {
            failure: if is_final {
                TransportFailure::Barred
            } else {
                TransportFailure::Connect
            },
            cause: match proxy {
                None => cause,
                Some(proxy) if is_at_proxy => at(proxy, &cause),
                Some(proxy) => format!(
                    "{cause} (through the proxy `{proxy}` from `{}`)",
                    proxy.variable
                ),
            },
        }
    }
}

fn at(proxy: &Proxy, cause: &str) -> String {
    let variable = proxy.variable;
    format!("the proxy `{proxy}` from `{variable}`: {cause}")
}

/// The chain of causes, without repeated texts: some libraries repeat their cause in their own
/// text. Omits the texts of the HTTP library and its pool, which do not help a user.
fn words(error: &reqwest::Error) -> String {
    let mut words: Vec<String> = Vec::new();
    for text in causes(error).map(ToString::to_string) {
        if !text.starts_with("client error") && !words.iter().any(|known| known.contains(&text)) {
            words.push(text);
        }
    }
    words.join(": ")
}

/// Whether the API certainly did not process the request: it refused the stream, or announced that
/// it accepts no more on this connection.
fn was_not_processed(error: &reqwest::Error) -> bool {
    causes(error).any(|cause| {
        cause.downcast_ref::<h2::Error>().is_some_and(|error| {
            error.is_remote()
                && match error.reason() {
                    Some(h2::Reason::REFUSED_STREAM) => error.is_reset(),
                    Some(h2::Reason::NO_ERROR) => error.is_go_away(),
                    _ => false,
                }
        })
    })
}

fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
}

/// A TLS error, which the library wraps in an I/O error.
fn in_tls<'a>(cause: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    match cause.downcast_ref::<io::Error>() {
        Some(error) => in_tls(error.get_ref()?),
        None => cause.downcast_ref(),
    }
}
