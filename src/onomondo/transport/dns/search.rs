//! The full names to try for a host, in order.

use hickory_resolver::proto::rr::Name;

/// `host` unchanged, and with each domain of the search list appended. A host that ends with a dot
/// is already complete.
pub(super) fn candidates(host: &str, search: &[Name], dots: usize) -> Vec<Name> {
    let Ok(name) = Name::from_str_relaxed(host) else {
        return Vec::new();
    };
    let mut itself = name.clone();
    itself.set_fqdn(true);
    if name.is_fqdn() {
        return vec![itself];
    }
    let searched = search
        .iter()
        .filter_map(|domain| name.clone().append_domain(domain).ok());
    let mut candidates: Vec<Name> = searched.collect();
    let given_dots = host.matches('.').count();
    let place = if given_dots >= dots {
        0
    } else {
        candidates.len()
    };
    candidates.insert(place, itself);
    candidates.dedup();
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_dots_decides_what_comes_first() {
        let search = ["corp.example.", "lan."].map(|it| Name::from_ascii(it).unwrap());
        for (host, dots, expected) in [
            ("api", 1, &["api.corp.example.", "api.lan.", "api."][..]),
            (
                "api.test",
                1,
                &["api.test.", "api.test.corp.example.", "api.test.lan."],
            ),
            (
                "api.test",
                2,
                &["api.test.corp.example.", "api.test.lan.", "api.test."],
            ),
            ("api", 0, &["api.", "api.corp.example.", "api.lan."]),
            ("api.test.", 5, &["api.test."]),
            (
                "a_b.test",
                1,
                &["a_b.test.", "a_b.test.corp.example.", "a_b.test.lan."],
            ),
            ("a..b", 1, &[]),
        ] {
            let names: Vec<String> = candidates(host, &search, dots)
                .iter()
                .map(ToString::to_string)
                .collect();
            assert_eq!(names, expected, "{host} {dots}");
        }
    }
}
