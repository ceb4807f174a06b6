//! The rate limit and its three headers.
//!
//! Onomondo documents 600 calls a minute and sends `x-ratelimit-limit`, `x-ratelimit-remaining` and
//! `x-ratelimit-reset`. The last is in seconds since the epoch, by the API's own clock. Onomondo
//! documents no `Retry-After`, so the sandbox sends none.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::clock::Clock;
use crate::error::ApiError;
use crate::shared::Shared;

/// The limit in the headers while no limit is set.
const DOCUMENTED_LIMIT: u32 = 600;

/// The number of requests allowed in one window.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limit {
    /// The requests allowed in one window. 0 means no limit.
    pub(crate) requests: u32,
    /// The length of one window.
    pub(crate) window_seconds: u32,
}

/// Counts requests in a window that begins with its first request.
///
/// Times are whole seconds since the epoch. So a client that waits until `x-ratelimit-reset` is
/// never refused again.
#[derive(Debug)]
pub(crate) struct RateLimit {
    limit: Limit,
    used: u32,
    resets_at: u64,
}

/// The state of the limit, as the answer to one request reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    allowed: bool,
    limit: u32,
    remaining: u32,
    resets_at: u64,
}

impl RateLimit {
    pub(crate) fn new(limit: Limit) -> Self {
        Self {
            limit,
            used: 0,
            resets_at: 0,
        }
    }

    fn take(&mut self, now: u64) -> Standing {
        if now >= self.resets_at {
            self.used = 0;
            self.resets_at = now + u64::from(self.limit.window_seconds);
        }
        let unlimited = self.limit.requests == 0;
        let limit = if unlimited {
            DOCUMENTED_LIMIT
        } else {
            self.limit.requests
        };
        let allowed = unlimited || self.used < limit;
        if allowed && !unlimited {
            self.used += 1;
        }
        Standing {
            allowed,
            limit,
            remaining: limit - self.used,
            resets_at: self.resets_at,
        }
    }
}

impl Standing {
    fn write(self, headers: &mut HeaderMap) {
        headers.insert("x-ratelimit-limit", self.limit.into());
        headers.insert("x-ratelimit-remaining", self.remaining.into());
        headers.insert("x-ratelimit-reset", HeaderValue::from(self.resets_at));
    }
}

/// The layer that counts requests and refuses those above the limit.
pub(crate) async fn limit(
    State((rate_limit, clock)): State<(Shared<RateLimit>, Clock)>,
    request: Request,
    next: Next,
) -> Response {
    let standing = rate_limit.lock().take(clock.now() / 1000);
    let mut response = if standing.allowed {
        next.run(request).await
    } else {
        ApiError::RateLimited.into_response()
    };
    standing.write(response.headers_mut());
    response
}

#[cfg(test)]
mod tests {
    use super::{Limit, RateLimit};

    #[test]
    fn a_new_window_begins_at_the_second_that_was_announced() {
        let mut rate_limit = RateLimit::new(Limit {
            requests: 2,
            window_seconds: 10,
        });
        assert_eq!(rate_limit.take(100).remaining, 1);
        assert_eq!(rate_limit.take(105).remaining, 0);

        let refused = rate_limit.take(109);
        assert!(!refused.allowed);
        assert_eq!(refused.resets_at, 110);

        let allowed = rate_limit.take(110);
        assert!(allowed.allowed);
        assert_eq!((allowed.remaining, allowed.resets_at), (1, 120));
    }
}
