//! The HTTP library, configured for this API.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use reqwest::redirect;

use super::{
    dns::{DnsError, Lookups},
    proxy::{self, Proxy, ProxyError},
    trust::{self, TrustError},
};
use crate::onomondo::Config;

/// Connecting takes longer than this only if it never succeeds. Resolving the name is not included.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// An AWS load balancer closes a connection after a minute without requests. The next request must
/// not use a connection that is about to close.
const IDLE_LIMIT: Duration = Duration::from_secs(45);

/// How long an HTTP/2 connection may be silent during a request before the client pings it.
const PING_AFTER: Duration = Duration::from_secs(5);

/// How long the answer to a ping may take. After that, the client closes the connection.
const PING_LIMIT: Duration = Duration::from_secs(5);

/// Sends requests.
pub(in crate::onomondo) struct HttpClient {
    parts: Parts,
    current: Mutex<Connections>,
}

/// A pool of kept connections. Clones share it.
#[derive(Clone)]
pub(super) struct Connections {
    pub(super) client: reqwest::Client,
    /// The number of earlier pools.
    generation: u64,
}

/// The parts that all connections need.
struct Parts {
    user_agent: String,
    connect_limit: Duration,
    lookups: Lookups,
    /// `None` for plain HTTP on loopback.
    tls: Option<rustls::ClientConfig>,
    proxy: Option<Proxy>,
    /// The host to connect to: the API's, or the proxy's.
    host: String,
}

/// The reason why the client could not be made.
#[derive(Debug, thiserror::Error)]
pub(in crate::onomondo) enum SetupError {
    #[error(transparent)]
    Proxy(#[from] ProxyError),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("{0}")]
    Library(#[from] reqwest::Error),
}

impl HttpClient {
    /// Reads the trusted certificates, which takes milliseconds. So this runs before the first
    /// request, not at start.
    pub(in crate::onomondo) fn new(config: &Config) -> Result<Self, SetupError> {
        let parts = Parts::new(config)?;
        let client = parts.client()?;
        let generation = 0;
        Ok(Self {
            parts,
            current: Mutex::new(Connections { client, generation }),
        })
    }

    /// The pool for the next request.
    pub(super) fn connections(&self) -> Connections {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.clone()
    }

    /// Replaces the pool, if it is still `connections`: one of its connections may stay silent.
    pub(super) fn leave(&self, connections: &Connections) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.generation == connections.generation
            && let Ok(client) = self.parts.client()
        {
            *current = Connections {
                client,
                generation: current.generation + 1,
            };
        }
    }

    /// Resolves the name for a connection in advance, so that resolving does not use up the time
    /// limit for connecting.
    pub(super) async fn resolve(&self, limit: Duration) -> Result<(), DnsError> {
        let found = self.parts.lookups.addresses(&self.parts.host);
        match tokio::time::timeout(limit, found).await {
            Ok(found) => found.map(drop),
            Err(_) => Err(DnsError::TimedOut(limit)),
        }
    }

    /// The host to resolve.
    pub(super) fn host(&self) -> &str {
        &self.parts.host
    }

    /// The proxy of all requests.
    pub(super) fn proxy(&self) -> Option<&Proxy> {
        self.parts.proxy.as_ref()
    }

    /// The time limit for connecting.
    pub(super) fn connect_limit(&self) -> Duration {
        self.parts.connect_limit
    }
}

impl Parts {
    fn new(config: &Config) -> Result<Self, SetupError> {
        let mut parts = Self {
            user_agent: config.user_agent.clone(),
            // A third of the timeout, so that a failed connection never looks like a late answer.
            connect_limit: CONNECT_LIMIT.min(config.request_timeout / 3),
            lookups: Lookups::default(),
            tls: None,
            proxy: None,
            host: config.base_url.host_and_port().0,
        };
        if config.base_url.is_plain() {
            tracing::debug!(base_url = %config.base_url, "HTTP client is ready, without TLS");
            return Ok(parts);
        }
        parts.proxy = proxy::from_environment(&config.base_url)?;
        if let Some(proxy) = &parts.proxy {
            parts.host.clone_from(&proxy.host);
        }
        let (mut tls, trust) = trust::client_config()?;
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        parts.tls = Some(tls);
        tracing::debug!(
            base_url = %config.base_url,
            ?trust,
            proxy = parts.proxy.as_ref().map(tracing::field::display),
            "HTTP client is ready"
        );
        Ok(parts)
    }

    fn client(&self) -> reqwest::Result<reqwest::Client> {
        let mut builder = reqwest::Client::builder()
            .user_agent(&self.user_agent)
            // Following a 301 would turn a POST into a GET, and the call would seem to succeed.
            .redirect(redirect::Policy::none())
            // The library's own proxy rules differ from the CLI's.
            .no_proxy()
            .dns_resolver(self.lookups.clone())
            .connect_timeout(self.connect_limit)
            .pool_idle_timeout(IDLE_LIMIT)
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_LIMIT);
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy(proxy.to_library()?);
        }
        builder = match &self.tls {
            Some(tls) => builder.tls_backend_preconfigured(tls.clone()),
            None => builder.tls_certs_only([]),
        };
        builder.build()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::test_server::config;

    #[test]
    fn no_certificates_are_read_without_tls() {
        let has_tls = |url| Parts::new(&config(url)).unwrap().tls.is_some();
        assert!(!has_tls("http://127.0.0.1:1"));
        assert!(has_tls("https://127.0.0.1:1"));
    }

    #[test]
    fn connections_are_left_once_however_many_requests_were_lost_on_them() {
        let client = HttpClient::new(&config("http://127.0.0.1:1")).unwrap();
        let connections = client.connections();
        client.leave(&connections);
        client.leave(&connections);
        assert_eq!(client.connections().generation, 1);
    }
}
