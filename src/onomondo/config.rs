//! What a client is made of.

use std::{num::NonZeroU32, time::Duration};

use super::{ApiKey, BaseUrl, Redactor, Vocabulary};

/// The settings of a client, each already checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the API is.
    pub base_url: BaseUrl,
    /// `None` while it is not known or not set: a call then fails, the client does not.
    pub api_key: Option<ApiKey>,
    /// Names of settings whose values are not known yet. No call is made while there is one: the
    /// key must not reach a host that only stands in for the right one.
    pub unknown: Vec<&'static str>,
    /// From connecting to the last byte of the answer, for one request.
    pub request_timeout: Duration,
    /// How often one request may be repeated after its first attempt.
    pub max_retries: u32,
    /// The ceiling of requests that leave this process in a minute.
    pub requests_per_minute: NonZeroU32,
    /// The `User-Agent` header.
    pub user_agent: String,
    /// What is known of the types of connectors.
    pub vocabulary: Vocabulary,
    /// What hides secrets: all that this process was given, whichever client was given them.
    pub redactor: Redactor,
}
