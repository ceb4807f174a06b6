//! What this machine says of a name.

use std::net::IpAddr;
#[cfg(target_os = "linux")]
use std::sync::OnceLock;

use super::DnsError;
#[cfg(target_os = "linux")]
use super::servers::Servers;

/// The machine's name resolution.
#[derive(Default)]
pub(super) struct System {
    /// Its files are read with the first name.
    #[cfg(target_os = "linux")]
    servers: OnceLock<Result<Servers, DnsError>>,
}

impl System {
    /// `/etc/hosts` first, then the name servers.
    #[cfg(target_os = "linux")]
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsError> {
        match self.servers.get_or_init(Servers::of_system) {
            Ok(servers) => servers.addresses(host).await,
            Err(error) => Err(error.clone()),
        }
    }

    /// As the system's own function does.
    #[cfg(not(target_os = "linux"))]
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsError> {
        match tokio::net::lookup_host((host, 0)).await {
            Ok(addresses) => Ok(addresses.map(|address| address.ip()).collect()),
            Err(error) => Err(DnsError::Failed(error.to_string())),
        }
    }
}
