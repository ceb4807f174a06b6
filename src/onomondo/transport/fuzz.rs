//! The network settings of a machine, for the promises in [`crate::fuzz`].

use super::{dns, proxy};

/// Reads `/etc/resolv.conf`, the URL of a proxy and its exceptions, separated by zero bytes.
pub(in crate::onomondo) fn network(bytes: &[u8]) {
    let mut parts = bytes.splitn(3, |byte| *byte == 0);
    let mut next = || parts.next().unwrap_or_default();
    dns::fuzz::resolv_conf(next());
    let [url, exceptions] = [next(), next()].map(String::from_utf8_lossy);
    proxy::fuzz::proxy(&url, &exceptions);
}
