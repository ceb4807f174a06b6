//! Resolves names with this machine's settings.

use std::net::IpAddr;
#[cfg(target_os = "linux")]
use std::sync::OnceLock;

use super::DnsError;
#[cfg(target_os = "linux")]
use super::servers::Servers;

/// The name resolution of the machine.
#[derive(Default)]
pub(super) struct System {
    /// Reads the files when the first name is resolved.
    #[cfg(target_os = "linux")]
    servers: OnceLock<Result<Servers, DnsError>>,
}

impl System {
    /// Looks in `/etc/hosts` first, then asks the name servers.
    #[cfg(target_os = "linux")]
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsError> {
        match self.servers.get_or_init(Servers::of_system) {
            Ok(servers) => servers.addresses(host).await,
            Err(error) => Err(error.clone()),
        }
    }

    /// Uses the system's own function.
    #[cfg(not(target_os = "linux"))]
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsError> {
        match tokio::net::lookup_host((host, 0)).await {
            Ok(addresses) => Ok(addresses.map(|address| address.ip()).collect()),
            Err(error) => Err(DnsError::Failed(error.to_string())),
        }
    }
}
