//! Facts about a request for messages and logs.

use std::{fmt, time::Duration};

use http::HeaderMap;

use super::redact::Redactor;

/// One request with all its attempts. It holds no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    pub method: &'static str,
    /// The path and query that were sent, percent-encoded.
    pub path: String,
    /// The status of the last answer. `None` if there was none.
    pub status: Option<u16>,
    /// The API's ID of this request: `x-request-id`, or else the load balancer's `x-amzn-trace-id`.
    pub request_id: Option<String>,
    /// The number of attempts. 0 if the request was never sent.
    pub attempts: u32,
    /// The time from the first attempt to the end of the last, including waits.
    pub elapsed: Duration,
    /// Whether the API may have carried out the requested change.
    pub may_have_written: bool,
}

/// Longer request IDs are cut: one only has to fit in a support ticket.
const REQUEST_ID_LIMIT: usize = 128;

/// The request ID in an answer's headers.
pub(in crate::onomondo) fn request_id(headers: &HeaderMap, redactor: &Redactor) -> Option<String> {
    ["x-request-id", "x-amzn-trace-id"]
        .iter()
        .filter_map(|name| headers.get(*name)?.to_str().ok())
        .map(str::trim)
        .find(|id| !id.is_empty())
        .map(|id| redactor.redact(id).chars().take(REQUEST_ID_LIMIT).collect())
}

impl Exchange {
    /// A request that has not been sent yet.
    pub(in crate::onomondo) fn unsent(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            status: None,
            request_id: None,
            attempts: 0,
            elapsed: Duration::ZERO,
            may_have_written: false,
        }
    }
}

impl fmt::Display for Exchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{} {}`", self.method, self.path)?;
        if let Some(status) = self.status {
            write!(formatter, ", status {status}")?;
        }
        if let Some(request_id) = &self.request_id {
            write!(formatter, ", request ID `{request_id}`")?;
        }
        match self.attempts {
            0 => write!(formatter, ", not sent")?,
            1 => {}
            attempts => write!(
                formatter,
                ", {attempts} attempts in {:.1} s",
                self.elapsed.as_secs_f64()
            )?,
        }
        if self.may_have_written {
            write!(formatter, "; the change may have been made")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    http::HeaderName::from_static(name),
                    http::HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn the_request_id_comes_from_the_api_or_else_the_load_balancer() {
        let nothing = Redactor::default();
        let both = headers(&[("x-amzn-trace-id", "Root=1-67"), ("x-request-id", "abc")]);
        assert_eq!(request_id(&both, &nothing).as_deref(), Some("abc"));
        let load_balancer = headers(&[("x-request-id", ""), ("x-amzn-trace-id", "Root=1-67")]);
        assert_eq!(
            request_id(&load_balancer, &nothing).as_deref(),
            Some("Root=1-67")
        );
        assert_eq!(request_id(&headers(&[]), &nothing), None);
    }

    #[test]
    fn an_exchange_reads_as_one_line() {
        let mut exchange = Exchange {
            method: "PATCH",
            path: "/connectors/fleet".into(),
            status: Some(503),
            request_id: Some("abc".into()),
            attempts: 5,
            elapsed: Duration::from_millis(12_345),
            may_have_written: true,
        };
        assert_eq!(
            exchange.to_string(),
            "`PATCH /connectors/fleet`, status 503, request ID `abc`, 5 attempts in 12.3 s; the change may have been made"
        );
        exchange.status = None;
        exchange.request_id = None;
        exchange.attempts = 1;
        exchange.may_have_written = false;
        assert_eq!(exchange.to_string(), "`PATCH /connectors/fleet`");
    }
}
