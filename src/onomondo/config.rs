//! The settings of a client.

use std::{num::NonZeroU32, time::Duration};

use super::{ApiKey, BaseUrl, Redactor, Vocabulary};

/// The settings of a client, already checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address of the API.
    pub base_url: BaseUrl,
    /// `None` if it is unknown or not set. Calls then fail, but the client exists.
    pub api_key: Option<ApiKey>,
    /// The names of settings whose values are unknown. While there are any, no call is sent: the
    /// API key must not reach a placeholder host.
    pub unknown: Vec<&'static str>,
    /// The time limit of one request, from connecting to the last byte of the answer.
    pub request_timeout: Duration,
    /// How many times one request may be retried after its first attempt.
    pub max_retries: u32,
    /// The maximum number of requests that this process sends in a minute.
    pub requests_per_minute: NonZeroU32,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// The types of connectors.
    pub vocabulary: Vocabulary,
    /// Hides all secrets that this process was given, by any client.
    pub redactor: Redactor,
}
