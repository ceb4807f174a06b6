//! The client, shared by everything in the process.

use std::{fmt, sync::Arc, time::Duration};

use tokio::sync::OnceCell;

use super::{Config, Error, http, known_names::KnownNames, retry};

/// A client of the API. Clones share one connection pool and one memory of names.
///
/// Making one costs nothing: the HTTP client, with the root certificates it reads, is made before
/// the first request.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

struct Shared {
    config: Config,
    http: OnceCell<reqwest::Client>,
    known_names: KnownNames,
    /// The wait before a first repeat.
    first_wait: Duration,
}

impl Client {
    /// A client with these settings.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self::with_first_wait(config, retry::FIRST_WAIT)
    }

    /// Tests over real sockets wait for real, so they choose a short wait.
    pub(super) fn with_first_wait(config: Config, first_wait: Duration) -> Self {
        Self {
            shared: Arc::new(Shared {
                config,
                http: OnceCell::new(),
                known_names: KnownNames::default(),
                first_wait,
            }),
        }
    }

    pub(super) fn config(&self) -> &Config {
        &self.shared.config
    }

    pub(super) fn first_wait(&self) -> Duration {
        self.shared.first_wait
    }

    pub(super) fn known_names(&self) -> &KnownNames {
        &self.shared.known_names
    }

    /// The HTTP client, made when it is first asked for.
    pub(super) async fn http(&self) -> Result<&reqwest::Client, Error> {
        self.shared
            .http
            .get_or_try_init(async || {
                let (http, roots) = http::build(self.config()).map_err(|error| Error::Setup {
                    cause: error.without_url().to_string(),
                })?;
                tracing::debug!(?roots, base_url = %self.config().base_url, "HTTP client is ready");
                Ok(http)
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
