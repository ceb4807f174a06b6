//! The settings for name resolution, for the promises in [`crate::fuzz`].

use std::time::Duration;

use hickory_resolver::proto::rr::Name;

use super::{resolv_conf::Settings, search};

/// Reads `/etc/resolv.conf`, and uses the same bytes as the machine's name. For any bytes, there is
/// a server to ask. The time and the number of names are limited, and the full name is one of them.
pub(in crate::onomondo::transport) fn resolv_conf(bytes: &[u8]) {
    let settings = Settings::parse(bytes, &String::from_utf8_lossy(bytes));
    assert!((1..=3).contains(&settings.servers.len()), "{settings:?}");
    assert!((1..=5).contains(&settings.attempts), "{settings:?}");
    let limits = Duration::from_secs(1)..=Duration::from_secs(30);
    assert!(limits.contains(&settings.timeout), "{settings:?}");
    let names = search::candidates("api.onomondo.com", &settings.search, settings.dots);
    let whole = names
        .iter()
        .filter(|it| it.to_string() == "api.onomondo.com.");
    assert_eq!(whole.count(), 1, "{settings:?}");
    assert!(names.len() <= 7, "{settings:?}");
    assert!(names.iter().all(Name::is_fqdn), "{settings:?}");
}
