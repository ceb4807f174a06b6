//! The client, shared by everything in the process.

use std::{fmt, sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::sync::OnceCell;

use super::{
    Config, Error,
    account::Account,
    transport::{http_client::HttpClient, rate_limit::Pace, reach::Reach, retry},
};

/// A client of the API. Clones share one connection pool, one pace, and their knowledge of the
/// account.
///
/// Making a client is cheap: the HTTP client, which reads the root certificates, is made before the
/// first request.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    http: OnceCell<HttpClient>,
    pace: Pace,
    reach: Reach,
    account: Account,
    /// The wait before the first retry.
    first_wait: Duration,
}

impl Client {
    /// Makes a client with these settings.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self::with_first_wait(config, retry::FIRST_WAIT)
    }

    /// Tests over real sockets wait in real time, so they choose a short wait.
    pub(in crate::onomondo) fn with_first_wait(config: Config, first_wait: Duration) -> Self {
        Self {
            inner: Arc::new(Inner {
                pace: Pace::new(config.requests_per_minute),
                reach: Reach::default(),
                config,
                http: OnceCell::new(),
                account: Account::new(),
                first_wait,
            }),
        }
    }

    /// Hides this secret in everything that this process shows from now on.
    pub fn hide(&self, secret: &SecretString) {
        self.config().redactor.learn(secret);
    }

    pub(in crate::onomondo) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(in crate::onomondo) fn first_wait(&self) -> Duration {
        self.inner.first_wait
    }

    pub(in crate::onomondo) fn pace(&self) -> &Pace {
        &self.inner.pace
    }

    pub(in crate::onomondo) fn reach(&self) -> &Reach {
        &self.inner.reach
    }

    /// Notes that the API answers, so that earlier failures to reach it no longer count.
    pub(in crate::onomondo) fn note_answer(&self) {
        self.inner.reach.note_answer();
        self.inner.account.end_outage();
    }

    pub(in crate::onomondo) fn account(&self) -> &Account {
        &self.inner.account
    }

    /// The HTTP client, made on first use.
    pub(in crate::onomondo) async fn http(&self) -> Result<&HttpClient, Error> {
        self.inner
            .http
            .get_or_try_init(async || {
                HttpClient::new(self.config()).map_err(|error| Error::Setup {
                    cause: error.to_string(),
                })
            })
            .await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}
