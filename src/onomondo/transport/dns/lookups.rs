//! One lookup for all callers that ask at about the same time.
//!
//! A lookup runs in its own task, and continues if the request that started it runs out of time. If
//! a name server does not answer, the second attempt uses the result that the first one waited for.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::{sync::watch, time::Instant};

use super::{DnsError, system::System};

/// How long to keep the addresses of a name.
const KEEP: Duration = Duration::from_mins(1);

/// How long to keep a failure: long enough for callers that ask at about the same time.
const KEEP_FAILURE: Duration = Duration::from_millis(100);

/// The longest time of a lookup. A wrong name with a long search list must not take longer.
const LIMIT: Duration = Duration::from_secs(15);

type Found = Result<Arc<[IpAddr]>, DnsError>;

/// Recent lookups. Clones share them.
#[derive(Clone, Default)]
pub(in crate::onomondo) struct Lookups {
    system: Arc<System>,
    begun: Arc<Mutex<HashMap<String, Lookup>>>,
}

#[derive(Clone)]
struct Lookup {
    began: Instant,
    /// The result, and when the lookup ended.
    found: watch::Receiver<Option<(Instant, Found)>>,
}

impl Lookups {
    /// The addresses of a host, at least one. An IP address stands for itself.
    pub(in crate::onomondo) async fn addresses(&self, host: &str) -> Found {
        if let Ok(address) = host.parse() {
            return Ok([address].into());
        }
        if host.strip_suffix('.').unwrap_or(host) == "localhost" {
            // `localhost` must always be this machine, whatever the resolver says.
            return Ok([Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()].into());
        }
        let mut lookup = self.lookup(host);
        let found = lookup.found.wait_for(Option::is_some).await;
        match found.as_deref() {
            Ok(Some((_, found))) => found.clone(),
            // The task ended without a result: it panicked.
            _ => Err(DnsError::Failed("the lookup was given up".to_owned())),
        }
    }

    fn lookup(&self, host: &str) -> Lookup {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let last = begun.get(host);
        if let Some(lookup) = last.filter(|lookup| lookup.is_of_use()) {
            return lookup.clone();
        }
        let last = last.and_then(Lookup::addresses);
        let (sender, found) = watch::channel(None);
        let lookup = Lookup {
            began: Instant::now(),
            found,
        };
        begun.insert(host.to_owned(), lookup.clone());
        let (system, host) = (Arc::clone(&self.system), host.to_owned());
        tokio::spawn(async move {
            let found = match tokio::time::timeout(LIMIT, system.addresses(&host)).await {
                Ok(Ok(addresses)) if addresses.is_empty() => Err(DnsError::NoSuchHost),
                Ok(found) => found.map(Into::into),
                Err(_) => Err(DnsError::TimedOut(LIMIT)),
            };
            tracing::debug!(host, ?found, "name lookup");
            // An old answer is better than none.
            let found = found.or_else(|error| last.ok_or(error));
            sender.send_replace(Some((Instant::now(), found)));
        });
        lookup
    }
}

impl Lookup {
    /// Whether the lookup is under way or recent.
    fn is_of_use(&self) -> bool {
        match &*self.found.borrow() {
            Some((_, Ok(_))) => self.began.elapsed() < KEEP,
            Some((ended, Err(_))) => ended.elapsed() < KEEP_FAILURE,
            None => self.found.has_changed().is_ok(),
        }
    }

    fn addresses(&self) -> Option<Arc<[IpAddr]>> {
        let found = self.found.borrow();
        let (_, found) = found.as_ref()?;
        found.as_ref().ok().cloned()
    }
}

/// The HTTP library uses this.
impl Resolve for Lookups {
    fn resolve(&self, name: Name) -> Resolving {
        let lookups = self.clone();
        Box::pin(async move {
            let addresses = lookups.addresses(name.as_str()).await?;
            let addresses: Vec<_> = addresses.iter().map(|ip| SocketAddr::new(*ip, 0)).collect();
            let addresses: Addrs = Box::new(addresses.into_iter());
            Ok(addresses)
        })
    }
}
