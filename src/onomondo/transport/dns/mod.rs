//! Names of hosts to addresses.
//!
//! The Linux executable is static, and cannot load what resolves names there. So it does what
//! `resolver(5)` says by itself:
//!
//! - `settings`: `/etc/resolv.conf` and the variables that change it.
//! - `search`: the names that stand for one.
//! - `servers`: whom to ask, in which order.
//! - `system`: `/etc/hosts`, then the servers. Elsewhere: what the system says.
//! - `lookups`: one lookup for all who ask at about the same time.

mod lookups;
#[cfg(target_os = "linux")]
mod search;
#[cfg(target_os = "linux")]
mod servers;
#[cfg(target_os = "linux")]
mod settings;
mod system;

use std::time::Duration;

pub(super) use lookups::Lookups;

/// Why a name has no addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum DnsError {
    #[error("there is no host of this name")]
    NoSuchHost,
    #[error("no name server answered (asked: {servers})")]
    #[cfg_attr(not(target_os = "linux"), expect(dead_code))]
    NoAnswer {
        /// Their addresses.
        servers: String,
    },
    #[error("no name server answered within {}", humantime::format_duration(*.0))]
    TimedOut(Duration),
    #[error("{0}")]
    Failed(String),
}
