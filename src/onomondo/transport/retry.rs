//! Whether a failed request is sent again, and when.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use backon::{BackoffBuilder as _, ExponentialBackoff, ExponentialBuilder};
use http::HeaderMap;

use crate::onomondo::{Error, TransportFailure};

/// The wait before the first repeat; it doubles from there, and jitter adds up to as much again.
pub(in crate::onomondo) const FIRST_WAIT: Duration = Duration::from_millis(500);

/// No wait of the client's own choice starts longer than this.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// No wait that the API asks for is longer than this.
pub(in crate::onomondo) const LONGEST_ASKED_WAIT: Duration = Duration::from_mins(5);

/// The API counts requests by the minute, so a reset further away than two is a wrong clock.
const FURTHEST_RESET: Duration = Duration::from_mins(2);

/// When a request may be sent again without asking what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Repeat {
    /// Carried out twice it leaves what it leaves when carried out once: GET, DELETE, PATCH.
    Always,
    /// Only where the API cannot have carried it out: POST.
    Unprocessed,
}

impl Repeat {
    /// Whether a request that failed like this is sent again.
    pub(in crate::onomondo) fn allows(self, error: &Error) -> bool {
        match error {
            Error::Transport {
                failure: TransportFailure::Connect,
                ..
            }
            | Error::RateLimited(_) => true,
            Error::Transport { .. } => self == Self::Always,
            Error::Server(refusal) => {
                self == Self::Always
                    && matches!(refusal.exchange.status, Some(500 | 502 | 503 | 504))
            }
            _ => false,
        }
    }
}

/// The waits before each repeat, as many as there are repeats.
pub(in crate::onomondo) fn waits(first: Duration, max_retries: u32) -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(first)
        .with_max_delay(LONGEST_WAIT)
        .with_max_times(usize::try_from(max_retries).unwrap_or(usize::MAX))
        .with_jitter()
        .build()
}

/// How long an answer of this status asks to wait: `Retry-After` in seconds or as an HTTP date,
/// else, where it is the rate limit that refused, `x-ratelimit-reset`, which Onomondo documents as
/// seconds since the epoch. Every other answer has that header too, and asks nothing with it.
pub(in crate::onomondo) fn asked_wait(
    status: u16,
    headers: &HeaderMap,
    now: SystemTime,
) -> Option<Duration> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    if let Some(retry_after) = text(headers, "retry-after") {
        if let Ok(seconds) = retry_after.parse() {
            return Some(Duration::from_secs(seconds));
        }
        if let Ok(date) = httpdate::parse_http_date(retry_after) {
            return Some(date.duration_since(now).unwrap_or_default());
        }
    }
    if status != 429 {
        return None;
    }
    until_reset(headers, now)
}

/// How long it is until the rate limit's reset, where an answer says that it allows no more requests
/// until then.
pub(in crate::onomondo) fn wait_when_exhausted(
    headers: &HeaderMap,
    now: SystemTime,
) -> Option<Duration> {
    (number(headers, "x-ratelimit-remaining") == Some(0))
        .then(|| until_reset(headers, now))
        .flatten()
}

/// A reset in the past, or too far away, is none.
fn until_reset(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let reset = Duration::from_secs(number(headers, "x-ratelimit-reset")?);
    let wait = UNIX_EPOCH.checked_add(reset)?.duration_since(now).ok()?;
    (!wait.is_zero() && wait <= FURTHEST_RESET).then_some(wait)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    /// 2024-10-29 19:53:21 UTC, the reset in Onomondo's example.
    const RESET: u64 = 1_730_231_601;

    fn asked(status: u16, headers: &[(&'static str, &'static str)], now: u64) -> Option<u64> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        let now = UNIX_EPOCH + Duration::from_secs(now);
        asked_wait(status, &headers, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn the_api_says_how_long_to_wait() {
        let reset = ("x-ratelimit-reset", "1730231601");
        for (headers, now, expected) in [
            (&[("retry-after", "7")][..], RESET, Some(7)),
            (&[("retry-after", " 0 ")], RESET, Some(0)),
            (
                &[("retry-after", "Tue, 29 Oct 2024 19:53:31 GMT")],
                RESET,
                Some(10),
            ),
            (
                &[("retry-after", "Tue, 29 Oct 2024 19:53:11 GMT")],
                RESET,
                Some(0),
            ),
            (&[("retry-after", "7"), reset], RESET - 30, Some(7)),
            (&[("retry-after", "soon"), reset], RESET - 30, Some(30)),
            (&[reset], RESET - 120, Some(120)),
            (&[reset], RESET - 121, None),
            (&[reset], RESET, None),
            (&[reset], RESET + 1, None),
            (
                &[("x-ratelimit-reset", "99999999999999999999")],
                RESET,
                None,
            ),
            (
                &[("x-ratelimit-reset", "18446744073709551615")],
                RESET,
                None,
            ),
            (&[], RESET, None),
        ] {
            assert_eq!(asked(429, headers, now), expected, "{headers:?} at {now}");
        }
    }

    #[test]
    fn the_reset_of_the_rate_limit_delays_nothing_else() {
        let (reset, later) = (("x-ratelimit-reset", "1730231601"), ("retry-after", "7"));
        for (status, headers, expected) in [
            (503, &[reset][..], None),
            (503, &[later, reset], Some(7)),
            (500, &[later, reset], None),
            (429, &[reset], Some(30)),
        ] {
            assert_eq!(
                asked(status, headers, RESET - 30),
                expected,
                "{status} {headers:?}"
            );
        }
    }

    #[test]
    fn waits_grow_stay_bounded_and_are_as_many_as_the_retries() {
        assert_eq!(waits(FIRST_WAIT, 0).count(), 0);
        let waits: Vec<Duration> = waits(FIRST_WAIT, 12).collect();
        assert_eq!(waits.len(), 12);
        for (index, wait) in waits.iter().enumerate() {
            let plain = (FIRST_WAIT * 2_u32.pow(u32::try_from(index).unwrap())).min(LONGEST_WAIT);
            assert!(*wait >= plain && *wait <= 2 * plain, "{index}: {wait:?}");
        }
    }
}
