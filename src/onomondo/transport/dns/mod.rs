//! Resolves host names to addresses.
//!
//! The Linux executable is static and cannot load the system's resolver. So it follows
//! `resolver(5)` itself:
//!
//! - `resolv_conf`: `/etc/resolv.conf` and the variables that override it.
//! - `search`: the full names to try for a host.
//! - `servers`: `/etc/hosts`, then the name servers in order. `sockets`: the sockets to reach them.
//! - `system`: uses `servers` on Linux, and the system's own resolver elsewhere.
//! - `lookups`: one lookup for all callers that ask at about the same time.
//! - `fuzz`: the entry point for `crate::fuzz`.

#[cfg(all(target_os = "linux", any(test, fuzzing)))]
pub(super) mod fuzz;
mod lookups;
#[cfg(target_os = "linux")]
mod resolv_conf;
#[cfg(target_os = "linux")]
mod search;
#[cfg(target_os = "linux")]
mod servers;
#[cfg(target_os = "linux")]
mod sockets;
mod system;

use std::time::Duration;

pub(super) use lookups::Lookups;

/// The reason why a name has no addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum DnsError {
    #[error("there is no host with this name")]
    NoSuchHost,
    #[error("no name server answered (asked: {servers})")]
    #[cfg_attr(not(target_os = "linux"), expect(dead_code))]
    NoAnswer {
        /// The addresses of the name servers.
        servers: String,
    },
    #[error("no name server answered within {}", humantime::format_duration(*.0))]
    TimedOut(Duration),
    #[error("{0}")]
    Failed(String),
}
