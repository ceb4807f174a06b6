//! The wait that the API asks for.
//!
//! The API uses its own clock, so its times are compared with the `Date` of the same answer. This
//! machine's clock may be minutes off. It is used only if there is no `Date`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::{HeaderMap, header};

/// The longest wait that the API can ask for.
pub(in crate::onomondo) const LONGEST_ASKED_WAIT: Duration = Duration::from_mins(5);

/// The API counts requests by the minute, so a reset more than two minutes away means a wrong
/// clock.
const FURTHEST_RESET: Duration = Duration::from_mins(2);

/// The wait that an answer with this status asks for: `Retry-After` in seconds or as an HTTP date.
/// If there is none and the rate limit refused the request, this uses `x-ratelimit-reset`, which
/// Onomondo documents as seconds since the epoch. Every other answer has that header too, but does
/// not ask for a wait.
pub(in crate::onomondo) fn after_refusal(
    status: u16,
    headers: &HeaderMap,
    clock: SystemTime,
) -> Option<Duration> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    if let Some(retry_after) = text(headers, "retry-after") {
        if let Ok(seconds) = retry_after.parse() {
            return Some(Duration::from_secs(seconds));
        }
        if let Ok(date) = httpdate::parse_http_date(retry_after) {
            return Some(until(date, headers, clock));
        }
    }
    if status != 429 {
        return None;
    }
    until_reset(headers, clock)
}

/// The time until the rate limit's reset, if an answer says that no more requests are allowed until
/// then.
pub(in crate::onomondo) fn when_exhausted(
    headers: &HeaderMap,
    clock: SystemTime,
) -> Option<Duration> {
    (number(headers, "x-ratelimit-remaining") == Some(0))
        .then(|| until_reset(headers, clock))
        .flatten()
}

/// Ignores a reset in the past or too far away.
fn until_reset(headers: &HeaderMap, clock: SystemTime) -> Option<Duration> {
    let reset = Duration::from_secs(number(headers, "x-ratelimit-reset")?);
    let wait = until(UNIX_EPOCH.checked_add(reset)?, headers, clock);
    (!wait.is_zero() && wait <= FURTHEST_RESET).then_some(wait)
}

/// `None` if that time has passed.
fn until(time: SystemTime, headers: &HeaderMap, clock: SystemTime) -> Duration {
    let date = text(headers, header::DATE.as_str());
    let date = date.and_then(|date| httpdate::parse_http_date(date).ok());
    time.duration_since(date.unwrap_or(clock))
        .unwrap_or_default()
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
        after_refusal(status, &headers, now).map(|wait| wait.as_secs())
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

    /// The time is 19:53:21 on the API's clock. This machine's clock is minutes off.
    #[test]
    fn a_time_is_read_by_the_clock_of_the_api() {
        let date = ("date", "Tue, 29 Oct 2024 19:52:51 GMT");
        let later = ("retry-after", "Tue, 29 Oct 2024 19:53:01 GMT");
        let reset = ("x-ratelimit-reset", "1730231601");
        for minutes_off in [-60, -3, 0, 3, 60] {
            let clock = RESET.checked_add_signed(minutes_off * 60).unwrap();
            assert_eq!(asked(429, &[date, reset], clock), Some(30));
            assert_eq!(asked(503, &[date, later], clock), Some(10));
            let over = ("date", "Tue, 29 Oct 2024 19:54:00 GMT");
            assert_eq!(asked(429, &[over, reset], clock), None);
            assert_eq!(asked(503, &[over, later], clock), Some(0));
        }
        let nonsense = ("date", "yesterday");
        assert_eq!(asked(429, &[nonsense, reset], RESET - 30), Some(30));
    }
}
