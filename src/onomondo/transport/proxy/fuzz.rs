//! The choice of a proxy, for the promises in [`crate::fuzz`].

use super::{address::Proxy, exceptions::Exceptions};

/// Reads the URL of a proxy and its exceptions. An accepted proxy has a host, and the HTTP library
/// accepts it too.
pub(in crate::onomondo::transport) fn proxy(url: &str, exceptions: &str) {
    let exceptions = Exceptions::parse(exceptions);
    for host in ["api.onomondo.com", "192.0.2.1", "2001:db8::1"] {
        exceptions.contain(host, 443);
    }
    if let Ok(proxy) = Proxy::parse(url, "HTTPS_PROXY") {
        assert!(!proxy.host.is_empty());
        assert!(proxy.to_library().is_ok(), "{proxy}");
    }
}
