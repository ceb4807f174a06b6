//! `NO_PROXY`: the addresses to reach without a proxy.

use std::net::IpAddr;

use ipnet::IpNet;

/// The entries of `NO_PROXY`. Invalid entries are ignored, as in Go.
#[derive(Debug, Default)]
pub(super) struct Exceptions(Vec<Exception>);

#[derive(Debug)]
enum Exception {
    /// `*`
    All,
    /// `10.0.0.0/8`: matches only IP addresses. Names are not resolved for it.
    Network(IpNet),
    /// `10.0.0.1` or `10.0.0.1:443`
    Address(IpAddr, Option<String>),
    /// `example.com` matches the name and its subdomains. `.example.com` and `*.example.com` match
    /// only subdomains.
    Name {
        /// With a leading dot.
        suffix: String,
        itself: bool,
        port: Option<String>,
    },
}

impl Exceptions {
    pub(super) fn parse(list: &str) -> Self {
        let entries = list.split(',').map(|entry| entry.trim().to_lowercase());
        Self(
            entries
                .filter_map(|entry| Exception::parse(&entry))
                .collect(),
        )
    }

    /// Whether connections to this host bypass the proxy. `host` is a name, or an address without
    /// brackets.
    pub(super) fn contain(&self, host: &str, port: u16) -> bool {
        let (host, port) = (host.to_lowercase(), port.to_string());
        let address: Option<IpAddr> = host.parse().ok();
        self.0.iter().any(|exception| match exception {
            Exception::All => true,
            Exception::Network(network) => {
                address.is_some_and(|address| network.contains(&address.to_canonical()))
            }
            Exception::Address(excepted, of_port) => {
                address.is_some_and(|address| address.to_canonical() == *excepted)
                    && of_port.as_ref().is_none_or(|excepted| *excepted == port)
            }
            Exception::Name {
                suffix,
                itself,
                port: of_port,
            } => {
                address.is_none()
                    && (host.ends_with(suffix) || (*itself && host == suffix[1..]))
                    && of_port.as_ref().is_none_or(|excepted| *excepted == port)
            }
        })
    }
}

impl Exception {
    fn parse(entry: &str) -> Option<Self> {
        if entry == "*" {
            return Some(Self::All);
        }
        if let Ok(network) = entry.parse() {
            return Some(Self::Network(network));
        }
        let (host, port) = split_port(entry);
        let port = port.filter(|port| !port.is_empty()).map(str::to_owned);
        if let Ok(address) = host.parse::<IpAddr>() {
            return Some(Self::Address(address.to_canonical(), port));
        }
        let host = host
            .strip_prefix('*')
            .filter(|rest| rest.starts_with('.'))
            .unwrap_or(host);
        let itself = !host.starts_with('.');
        (!host.is_empty()).then(|| Self::Name {
            suffix: if itself {
                format!(".{host}")
            } else {
                host.to_owned()
            },
            itself,
            port,
        })
    }
}

/// Splits `host:port` or `[address]:port`. Any other text is a host without a port.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    if let Some((host, port)) = entry
        .strip_prefix('[')
        .and_then(|rest| rest.split_once("]:"))
    {
        return (host, Some(port));
    }
    match entry.rsplit_once(':') {
        Some((host, port)) if !host.contains([':', '[', ']']) => (host, Some(port)),
        _ => (entry, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of Go's own tests and documentation.
    #[test]
    fn entries_match_as_in_go() {
        for (list, host, port, excepted) in [
            // Never matches.
            ("", "example.com", 443, false),
            (",, ,", "example.com", 443, false),
            (":", "example.com", 443, false),
            (":80", "example.com", 80, false),
            // Matches everything.
            ("*", "example.com", 443, true),
            ("other.net, * ", "192.0.2.1", 443, true),
            // A name and its subdomains.
            ("foobar.com", "foobar.com", 443, true),
            ("foobar.com", "www.foobar.com", 443, true),
            ("FooBar.com ", "www.FOOBAR.com", 443, true),
            ("foobar.com", "notfoobar.com", 443, false),
            ("foobar.com", "foobar.com.au", 443, false),
            ("barbaz.net, foobar.com", "foobar.com", 443, true),
            // Only subdomains.
            (".foobar.com", "foobar.com", 443, false),
            (".foobar.com", "www.foobar.com", 443, true),
            ("*.foobar.com", "foobar.com", 443, false),
            ("*.foobar.com", "www.foobar.com", 443, true),
            // With a port.
            ("foobar.com:443", "foobar.com", 443, true),
            ("foobar.com:443", "foobar.com", 8443, false),
            (".foobar.com:443", "www.foobar.com", 443, true),
            ("*.foobar.com:443", "www.foobar.com", 80, false),
            ("foobar.com:", "foobar.com", 443, true),
            // Addresses.
            ("192.168.1.1", "192.168.1.1", 443, true),
            ("192.168.1.1", "192.168.1.10", 443, false),
            ("192.168.1.1:443", "192.168.1.1", 443, true),
            ("192.168.1.1:443", "192.168.1.1", 80, false),
            ("192.168.1", "192.168.1.1", 443, false),
            ("2001:db8::52:0:1", "2001:db8::52:0:1", 443, true),
            ("[2001:db8::52:0:1]:443", "2001:db8::52:0:1", 443, true),
            ("[2001:db8::52:0:1]:443", "2001:db8::52:0:1", 80, false),
            ("::ffff:192.168.1.1", "192.168.1.1", 443, true),
            // Networks match only IP addresses.
            ("192.168.0.0/16", "192.168.1.1", 443, true),
            ("192.168.1.1/24", "192.168.1.77", 443, true),
            ("192.168.0.0/16", "192.169.1.1", 443, false),
            ("10.0.0.0/8", "www.10.example", 443, false),
            ("0.0.0.0/0", "example.com", 443, false),
            ("2001:db8::/48", "2001:db8:0:1::1", 443, true),
            ("2001:db8::/48", "2001:db9::1", 443, false),
            ("10.0.0.0/33", "10.0.0.1", 443, false),
        ] {
            let contains = Exceptions::parse(list).contain(host, port);
            assert_eq!(contains, excepted, "{list:?} {host}:{port}");
        }
    }
}
