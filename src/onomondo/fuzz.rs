//! The decoders of answers, for the promises in [`crate::fuzz`].

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{
    Connector, Error, Exchange, Vocabulary,
    calls::list_sims,
    report::{body_log, redact::Redactor},
    transport::{attempt::Answer, success::Success},
    wire::{decode, entry, page, write_answer::WriteAnswer, written::Start},
};

/// The headers that the client reads.
const HEADERS: [&str; 6] = [
    "retry-after",
    "x-ratelimit-reset",
    "x-ratelimit-remaining",
    "x-request-id",
    "content-type",
    "location",
];

/// Decodes a body as every call would, with this value in every header that the client reads.
/// Returns the connectors and the errors.
#[must_use]
pub fn answer(
    header: &[u8],
    body: &[u8],
    vocabulary: &Vocabulary,
    redactor: &Redactor,
) -> (Vec<Connector>, Vec<Error>) {
    let exchange = || Exchange::unsent("GET", "/connectors");
    let answer = |status| Answer {
        status,
        headers: headers(header),
        body: body.to_vec(),
    };
    let (mut connectors, mut errors) = (Vec::new(), Vec::new());

    for status in [
        StatusCode::FOUND,
        StatusCode::BAD_REQUEST,
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::SERVICE_UNAVAILABLE,
    ] {
        errors.push(answer(status).refusal(exchange(), redactor));
    }
    let start = Start {
        at: tokio::time::Instant::now(),
        sets_secrets: true,
    };
    let success = Success::new(exchange(), start, answer(StatusCode::OK), redactor.clone());
    match WriteAnswer::read(&success, vocabulary) {
        Ok(WriteAnswer::Whole(connector)) => connectors.push(connector),
        Ok(WriteAnswer::Part(_)) => {}
        Err(error) => errors.push(error),
    }
    match success.json() {
        Ok(json) => {
            match page::read(&json, "connectors") {
                Ok(page) => {
                    for entry in page.entries {
                        match entry::read(entry, "[0]", vocabulary) {
                            Ok(connector) => connectors.push(connector),
                            Err(odd) => errors.push(success.unexpected(odd.problem)),
                        }
                    }
                }
                Err(problem) => errors.push(success.unexpected(problem)),
            }
            let tags = page::read(&json, "tags").and_then(|page| {
                page.entries
                    .iter()
                    .try_for_each(|it| decode::tag(it, "[0]").map(drop))
            });
            let other = [tags.err(), list_sims::read(&json).err()];
            let other = other.into_iter().flatten();
            errors.extend(other.map(|problem| success.unexpected(problem)));
        }
        Err(error) => errors.push(error),
    }
    body_log::shown(body, redactor);
    (connectors, errors)
}

fn headers(value: &[u8]) -> HeaderMap {
    let Ok(value) = HeaderValue::from_bytes(value) else {
        return HeaderMap::new();
    };
    HEADERS
        .iter()
        .map(|name| (HeaderName::from_static(name), value.clone()))
        .collect()
}

/// Parses the network settings of a machine, and asserts the promises about them.
#[cfg(target_os = "linux")]
pub fn network(bytes: &[u8]) {
    super::transport::fuzz::network(bytes);
}

/// A text without its secrets.
#[must_use]
pub fn redacted(text: &str, redactor: &Redactor) -> String {
    redactor.redact(text)
}
