//! The settings that `resolver(5)` takes from `/etc/resolv.conf`, `LOCALDOMAIN` and `RES_OPTIONS`.

use std::{env, fs, net::IpAddr, time::Duration};

use hickory_resolver::proto::rr::Name;
use resolv_conf::{Config, ScopedIp};
use rustix::system::uname;

/// The name servers and how to ask them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    /// Never empty: a file without servers means this machine.
    pub(super) servers: Vec<IpAddr>,
    pub(super) search: Vec<Name>,
    /// A name with at least this many dots is tried unchanged before the search list.
    pub(super) dots: usize,
    /// The time limit for one query to one server.
    pub(super) timeout: Duration,
    /// The number of times to ask all servers.
    pub(super) attempts: u32,
    /// Whether to start with another server each time.
    pub(super) rotates: bool,
    pub(super) families: Families,
    pub(super) is_tcp_only: bool,
    pub(super) has_edns: bool,
}

/// The address families to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Families {
    /// Asks for IPv4 and IPv6 at the same time.
    AtOnce,
    /// Asks for IPv4, then for IPv6: some servers answer only one of two concurrent queries.
    InTurn,
    /// `no-aaaa`
    Ipv4,
}

impl Settings {
    /// The settings of this machine. A missing file counts as an empty one.
    pub(super) fn of_system() -> Self {
        let mut text = fs::read("/etc/resolv.conf").unwrap_or_default();
        // The last line of each kind wins, so the variables override the file.
        for (variable, keyword) in [("LOCALDOMAIN", "search"), ("RES_OPTIONS", "options")] {
            if let Ok(value) = env::var(variable) {
                // An empty list is valid too: it searches no domain but the root.
                let is_empty_list = keyword == "search" && value.trim().is_empty();
                let value = if is_empty_list { "." } else { &value };
                text.extend(format!("\n{keyword} {}", value.replace('\n', " ")).as_bytes());
            }
        }
        let machine = uname();
        Self::parse(&text, machine.nodename().to_str().unwrap_or_default())
    }

    /// Parses the valid lines and ignores the others, as the C library does. `machine` is the name
    /// of this machine.
    pub(super) fn parse(text: &[u8], machine: &str) -> Self {
        let (mut config, problems) = Config::parse_with_errors(text);
        for problem in problems {
            tracing::debug!(%problem, "ignoring a line in `/etc/resolv.conf`");
        }
        config.glibc_normalize();
        let servers = config
            .get_nameservers_or_local()
            .iter()
            .map(address)
            .collect();
        let listed = config.get_last_search_or_domain().map(String::as_str);
        let mut domains: Vec<&str> = listed.collect();
        if domains.is_empty() {
            let of_machine = machine.split_once('.').map(|(_, domain)| domain);
            domains.extend(of_machine.filter(|domain| !domain.is_empty()));
        }
        let search = domains.into_iter().filter_map(search_domain).collect();
        Self {
            servers,
            search,
            dots: usize::try_from(config.ndots.min(15)).unwrap_or(15),
            timeout: Duration::from_secs(u64::from(config.timeout.clamp(1, 30))),
            attempts: config.attempts.clamp(1, 5),
            rotates: config.rotate,
            families: match config.single_request || config.single_request_reopen {
                _ if config.no_aaaa => Families::Ipv4,
                true => Families::InTurn,
                false => Families::AtOnce,
            },
            is_tcp_only: config.use_vc,
            has_edns: config.edns0,
        }
    }
}

/// Drops the scope of a link-local address, since the resolver library cannot hold it.
fn address(server: &ScopedIp) -> IpAddr {
    server.into()
}

fn search_domain(domain: &str) -> Option<Name> {
    let mut name = Name::from_str_relaxed(domain).ok()?;
    name.set_fqdn(true);
    Some(name)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    fn parse(text: &str) -> Settings {
        Settings::parse(text.as_bytes(), "box")
    }

    fn servers(text: &str) -> Vec<String> {
        let servers = parse(text).servers;
        servers.iter().map(ToString::to_string).collect()
    }

    fn search(text: &str) -> Vec<String> {
        search_on(text, "box")
    }

    fn search_on(text: &str, machine: &str) -> Vec<String> {
        let search = Settings::parse(text.as_bytes(), machine).search;
        search.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn without_a_server_this_machine_is_asked_and_nobody_else() {
        let local = [IpAddr::V4(Ipv4Addr::LOCALHOST), Ipv6Addr::LOCALHOST.into()];
        for text in [
            "",
            "\n# nothing\n",
            "search example.com",
            "nameserver",
            "nameserver dns.example",
        ] {
            assert_eq!(parse(text).servers, local, "{text:?}");
        }
    }

    #[test]
    fn the_first_three_servers_count() {
        assert_eq!(servers("nameserver 192.0.2.1"), ["192.0.2.1"]);
        assert_eq!(
            servers(
                "nameserver bad\nnameserver ::1 # this\n\tnameserver\t192.0.2.2\nnameserver 192.0.2.3 ; x\nnameserver 192.0.2.4\n"
            ),
            ["::1", "192.0.2.2", "192.0.2.3"]
        );
    }

    #[test]
    fn a_bad_search_entry_is_left_out() {
        let long = "x".repeat(64);
        for (text, expected) in [
            ("search corp.example lan", &["corp.example.", "lan."][..]),
            (
                &format!("search {long}.example a..b corp.example"),
                &["corp.example."],
            ),
            ("search -- lan", &["lan."]),
            ("domain a.example\nsearch b.example", &["b.example."]),
            ("search b.example\ndomain a.example", &["a.example."]),
            (
                "search a b c d e f g",
                &["a.", "b.", "c.", "d.", "e.", "f."],
            ),
            ("search .", &["."]),
            ("search", &[]),
        ] {
            assert_eq!(search(text), expected, "{text:?}");
        }
    }

    #[test]
    fn without_a_search_list_the_domain_of_the_machine_is_searched() {
        for (text, machine, expected) in [
            ("", "box.corp.example", &["corp.example."][..]),
            ("nameserver 192.0.2.1", "box.lan", &["lan."]),
            ("", "box", &[]),
            ("", "box.", &[]),
            ("", "", &[]),
            ("", "box.a..b", &[]),
            ("domain lan", "box.corp.example", &["lan."]),
            ("search .", "box.corp.example", &["."]),
            ("search a..b", "box.corp.example", &[]),
        ] {
            assert_eq!(search_on(text, machine), expected, "{text:?} {machine:?}");
        }
    }

    #[test]
    fn options_are_taken_and_kept_in_bounds() {
        let default = parse("");
        assert_eq!((default.dots, default.attempts), (1, 2));
        assert_eq!(default.timeout, Duration::from_secs(5));
        let all = "options ndots:5 timeout:2 attempts:3 rotate edns0 unknown:1\noptions single-request use-vc";
        let all = parse(all);
        assert_eq!((all.dots, all.attempts), (5, 3));
        assert_eq!(all.timeout, Duration::from_secs(2));
        assert!(all.rotates && all.has_edns && all.is_tcp_only);
        for (options, families) in [
            ("", Families::AtOnce),
            ("options single-request", Families::InTurn),
            ("options single-request-reopen", Families::InTurn),
            ("options single-request no-aaaa", Families::Ipv4),
        ] {
            assert_eq!(parse(options).families, families);
        }
        let bounds = parse("options ndots:99 timeout:0 attempts:0\noptions timeout:-1");
        assert_eq!((bounds.dots, bounds.attempts), (15, 1));
        assert_eq!(bounds.timeout, Duration::from_secs(1));
    }
}
