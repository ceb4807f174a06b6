//! When two spellings mean one thing.
//!
//! The API may answer a value in another spelling than it was sent: a trailing slash, the letter
//! case of a host or a UUID, another order, null for empty. None of that is a change. Where both
//! mean the same, the state keeps the spelling that the user chose.

use std::{collections::BTreeSet, net::IpAddr};

use url::Url;

use crate::{
    onomondo::Passthrough,
    protocol::{Number, Value},
};

/// Whether two URLs point to the same place: letter case of scheme and host, a default port and
/// trailing slashes of the path do not matter.
pub(super) fn url(one: &str, other: &str) -> bool {
    let parsed = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Some(url)
    };
    one == other || (parsed(one).is_some() && parsed(one) == parsed(other))
}

/// Whether two host names or addresses are one: letter case and a final dot do not matter.
pub(super) fn host(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim_end_matches('.').to_ascii_lowercase();
    plain(one) == plain(other)
        || matches!((one.parse::<IpAddr>(), other.parse::<IpAddr>()), (Ok(one), Ok(other)) if one == other)
}

/// Whether two texts are one.
pub(super) fn text(one: &str, other: &str) -> bool {
    one == other
}

/// Whether two values hold the same tags, whatever the letter case of the UUIDs.
pub(super) fn tags(one: &Value, other: &Value) -> bool {
    let set = |value: &Value| -> BTreeSet<String> {
        let ids = value.elements().iter().filter_map(Value::as_str);
        ids.map(str::to_ascii_lowercase).collect()
    };
    one.is_wholly_known() && other.is_wholly_known() && set(one) == set(other)
}

/// Whether two values hold the same passthrough rules.
pub(super) fn passthrough(one: &Value, other: &Value) -> bool {
    one.is_wholly_known() && other.is_wholly_known() && plain_rules(one) == plain_rules(other)
}

type PlainRule<'a> = (Option<&'a str>, Option<String>, Option<&'a Number>);

fn plain_rules(rules: &Value) -> BTreeSet<PlainRule<'_>> {
    rules.elements().iter().map(plain_rule).collect()
}

/// A rule with its address in the one form that equal addresses share.
fn plain_rule(rule: &Value) -> PlainRule<'_> {
    let ip = rule
        .get("ip")
        .as_str()
        .map(|ip| match ip.parse::<IpAddr>() {
            Ok(address) => address.to_string(),
            Err(_) => ip.to_ascii_lowercase(),
        });
    (
        rule.get("protocol").as_str(),
        ip,
        rule.get("port").as_number(),
    )
}

/// The rules of the API as a value.
pub(super) fn rules(rules: &[Passthrough]) -> Value {
    Value::set(rules.iter().map(|rule| {
        Value::object([
            ("protocol", rule.protocol.as_str().into()),
            ("ip", rule.ip.clone().into()),
            ("port", rule.port.map(i64::from).into()),
        ])
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_url() {
        for (one, other, expected) in [
            ("https://a.example", "https://a.example/", true),
            ("https://A.example/In", "https://a.example:443/In/", true),
            (
                "https://a.example/in?key=1",
                "https://a.example/in/?key=1",
                true,
            ),
            ("https://a.example/In", "https://a.example/in", false),
            ("https://a.example?key=1", "https://a.example?key=2", false),
            ("no url", "no url", true),
            ("no url", "no url either", false),
        ] {
            assert_eq!(url(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn spellings_of_one_host() {
        assert!(host("Ingest.Example.com.", "ingest.example.com"));
        assert!(host("2001:DB8::1", "2001:db8:0::1"));
        assert!(!host("10.0.0.1", "10.0.0.2"));
    }

    #[test]
    fn tags_are_compared_without_order_and_case() {
        let one = Value::set(["A5023F47-1DB8-425E-B664-DC0B8921F644".into()]);
        let other = Value::set(["a5023f47-1db8-425e-b664-dc0b8921f644".into()]);
        assert!(tags(&one, &other));
        assert!(tags(&Value::set([]), &Value::Null));
        assert!(!tags(&one, &Value::Null));
        assert!(!tags(&one, &Value::Unknown));
    }
}
