//! Looks in `/etc/hosts`, then asks one name server after the other, as `resolver(5)` describes.

use std::{
    net::IpAddr,
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use hickory_resolver::{
    Hosts, Resolver,
    config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts},
    net::{DnsError as Answered, NetError, NoRecords},
    proto::{
        op::{Query, ResponseCode},
        rr::{Name, RecordType},
    },
};
use tokio::time::timeout;

use super::{
    DnsError,
    resolv_conf::{Families, Settings},
    search,
    sockets::Sockets,
};

/// How much longer to wait for the other address family. Some name servers answer for IPv4 and drop
/// every query for IPv6.
const GRACE: Duration = Duration::from_secs(2);

/// The sources of addresses on this machine.
pub(super) struct Servers {
    hosts: Hosts,
    settings: Settings,
    /// One resolver for each server, since this module decides their order.
    resolvers: Vec<Resolver<Sockets>>,
    /// The server that answered last, which is asked first. So the timeout of a dead server is
    /// spent only once.
    first: AtomicUsize,
}

impl Servers {
    pub(super) fn of_system() -> Result<Self, DnsError> {
        let settings = Settings::of_system();
        let resolvers = settings.servers.iter().map(|ip| resolver(*ip, &settings));
        let resolvers = resolvers.collect::<Result<_, _>>();
        Ok(Self {
            hosts: Hosts::from_system().unwrap_or_default(),
            resolvers: resolvers.map_err(|error| DnsError::Failed(error.to_string()))?,
            settings,
            first: AtomicUsize::new(0),
        })
    }

    /// The addresses of a host, IPv6 before IPv4. Empty if the host does not exist.
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsError> {
        let known = self.in_hosts_file(host);
        if !known.is_empty() {
            return Ok(known);
        }
        let (search, dots) = (&self.settings.search, self.settings.dots);
        let mut failure = None;
        for name in search::candidates(host, search, dots) {
            match self.of_both_families(&name).await {
                Ok(addresses) if addresses.is_empty() => {}
                Ok(addresses) => return Ok(addresses),
                Err(error @ DnsError::NoAnswer { .. }) => return Err(failure.unwrap_or(error)),
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        failure.map_or(Ok(Vec::new()), Err)
    }

    fn in_hosts_file(&self, host: &str) -> Vec<IpAddr> {
        let Ok(name) = Name::from_str_relaxed(host.to_ascii_lowercase()) else {
            return Vec::new();
        };
        let of_type = |record_type| {
            let query = Query::query(name.clone(), record_type);
            let found = self.hosts.lookup_static_host(&query);
            found.as_ref().map(addresses).unwrap_or_default()
        };
        [of_type(RecordType::AAAA), of_type(RecordType::A)].concat()
    }

    async fn of_both_families(&self, name: &Name) -> Result<Vec<IpAddr>, DnsError> {
        let mut v4 = pin!(self.ask(name, RecordType::A));
        let mut v6 = pin!(self.ask(name, RecordType::AAAA));
        let (first, second) = match self.settings.families {
            Families::Ipv4 => return v4.await,
            Families::InTurn => {
                let first = v4.await;
                let second = within_grace(&first, v6).await;
                (first, second)
            }
            Families::AtOnce => tokio::select! {
                first = &mut v4 => { let second = within_grace(&first, v6).await; (first, second) }
                first = &mut v6 => { let second = within_grace(&first, v4).await; (first, second) }
            },
        };
        let mut found = match (first, second) {
            (Ok(first), Ok(second)) => [first, second].concat(),
            (Ok(found), Err(error)) | (Err(error), Ok(found)) if found.is_empty() => {
                return Err(error);
            }
            (Ok(found), Err(_)) | (Err(_), Ok(found)) => found,
            (Err(error), Err(_)) => return Err(error),
        };
        found.sort_by_key(IpAddr::is_ipv4);
        Ok(found)
    }

    /// The addresses of one family. Empty if there are none.
    async fn ask(&self, name: &Name, record_type: RecordType) -> Result<Vec<IpAddr>, DnsError> {
        let count = self.resolvers.len();
        let mut failure = None;
        for _ in 0..self.settings.attempts {
            let first = if self.settings.rotates {
                self.first.fetch_add(1, Ordering::Relaxed)
            } else {
                self.first.load(Ordering::Relaxed)
            };
            for place in 0..count {
                let index = first.wrapping_add(place) % count;
                let asked = self.resolvers[index].lookup(name.clone(), record_type);
                let Ok(answer) = timeout(self.settings.timeout, asked).await else {
                    continue;
                };
                match settled(answer) {
                    Ok(addresses) => {
                        if !self.settings.rotates {
                            self.first.store(index, Ordering::Relaxed);
                        }
                        return Ok(addresses);
                    }
                    Err(error) => failure = error.or(failure),
                }
            }
        }
        Err(failure.unwrap_or_else(|| DnsError::NoAnswer {
            servers: shown(&self.settings.servers),
        }))
    }
}

/// Waits for the other family's addresses only if the first family has none.
async fn within_grace(
    first: &Result<Vec<IpAddr>, DnsError>,
    second: impl Future<Output = Result<Vec<IpAddr>, DnsError>>,
) -> Result<Vec<IpAddr>, DnsError> {
    match first {
        Ok(found) if !found.is_empty() => timeout(GRACE, second).await.unwrap_or(Ok(Vec::new())),
        _ => second.await,
    }
}

/// The addresses in a server's answer, or an error if another server should be asked. A missing
/// answer is an error too.
fn settled(
    answer: Result<hickory_resolver::lookup::Lookup, NetError>,
) -> Result<Vec<IpAddr>, Option<DnsError>> {
    match answer {
        Ok(lookup) => Ok(addresses(&lookup)),
        Err(NetError::Dns(Answered::NoRecordsFound(NoRecords {
            response_code: ResponseCode::NoError | ResponseCode::NXDomain,
            ..
        }))) => Ok(Vec::new()),
        Err(NetError::Dns(
            Answered::ResponseCode(code)
            | Answered::NoRecordsFound(NoRecords {
                response_code: code,
                ..
            }),
        )) => Err(Some(DnsError::Failed(format!(
            "the name server answered `{code}`"
        )))),
        Err(error) => {
            tracing::debug!(%error, "a name server did not answer");
            Err(None)
        }
    }
}

fn addresses(lookup: &hickory_resolver::lookup::Lookup) -> Vec<IpAddr> {
    let records = lookup.answers().iter();
    records.filter_map(|record| record.data.ip_addr()).collect()
}

fn resolver(server: IpAddr, settings: &Settings) -> Result<Resolver<Sockets>, NetError> {
    let server = if settings.is_tcp_only {
        NameServerConfig::tcp(server)
    } else {
        NameServerConfig::udp_and_tcp(server)
    };
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
    let mut options = ResolverOpts::default();
    options.timeout = settings.timeout;
    // This module does the retries, order, hosts file and cache for all servers.
    options.attempts = 0;
    options.use_hosts_file = ResolveHosts::Never;
    options.cache_size = 0;
    options.edns0 = settings.has_edns;
    Resolver::builder_with_config(config, Sockets::default())
        .with_options(options)
        .build()
}

fn shown(servers: &[IpAddr]) -> String {
    let servers: Vec<String> = servers.iter().map(|ip| format!("`{ip}`")).collect();
    servers.join(", ")
}
