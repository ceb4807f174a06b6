//! `passthrough`: rules for the traffic that bypasses the connector.

use std::{collections::BTreeSet, net::IpAddr};

use super::attributes::{IP, PASSTHROUGH, PORT, PROTOCOL};
use crate::{
    connector::variants::port_of,
    messages::invalid::invalid,
    onomondo::{Connector, Passthrough},
    protocol::{Diagnostic, Given, Number, Value},
};

/// A rule. All its parts are known or not set: [`parse`] handles unknown ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule<'a> {
    protocol: Option<&'a str>,
    ip: Option<&'a str>,
    port: Option<&'a Number>,
}

/// Parses the set.
pub(super) fn parse(given: Given<&[Value]>) -> Given<Vec<Rule<'_>>> {
    match given {
        Given::Known(rules) if !rules.iter().all(Value::is_wholly_known) => Given::Unknown,
        given => given.map(|rules| rules.iter().map(Rule::of).collect()),
    }
}

/// Whether both lists have the same rules. Null and empty are the same.
pub(crate) fn are_same(one: &[Rule<'_>], other: &[Rule<'_>]) -> bool {
    plain(one) == plain(other)
}

/// The rules in a form in which equal addresses are spelled alike.
fn plain<'a>(rules: &[Rule<'a>]) -> BTreeSet<(Rule<'a>, Option<String>)> {
    let plain = rules.iter().map(|rule| {
        let ip = rule.ip.map(|ip| match ip.parse::<IpAddr>() {
            Ok(address) => address.to_string(),
            Err(_) => ip.to_ascii_lowercase(),
        });
        (Rule { ip: None, ..*rule }, ip)
    });
    plain.collect()
}

/// Converts the rules for the API. Validation prevents errors here. A value that cannot be sent
/// causes an error. It is never replaced by another value.
pub(super) fn to_api(rules: &[Rule<'_>]) -> Result<Vec<Passthrough>, Diagnostic> {
    let rules = rules.iter().map(Rule::to_api);
    rules.collect::<Option<_>>().ok_or_else(|| {
        let detail = "A rule in `passthrough` has no `protocol`, or its `port` is not a whole \
                      number from 0 to 65535. Correct the rule.";
        invalid(&[PASSTHROUGH.name()].into(), detail)
    })
}

/// Converts the API's rules.
pub(crate) fn from_api(connector: &Connector) -> Value {
    Value::set(connector.passthrough.iter().map(|shown| {
        let mut rule = Value::object([]);
        PROTOCOL.set(&mut rule, shown.protocol.as_str());
        IP.set(&mut rule, shown.ip.clone());
        PORT.set(&mut rule, shown.port.map(i64::from));
        rule
    }))
}

impl<'a> Rule<'a> {
    fn of(rule: &'a Value) -> Self {
        Self {
            protocol: PROTOCOL.of(rule).known(),
            ip: IP.of(rule).known(),
            port: PORT.of(rule).known(),
        }
    }

    fn to_api(self: &Rule<'a>) -> Option<Passthrough> {
        let port = match self.port {
            Some(port) => Some(port_of(port)?),
            None => None,
        };
        Some(Passthrough {
            protocol: self.protocol?.to_owned(),
            ip: self.ip.map(str::to_owned),
            port,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(port: impl Into<Value>) -> [Value; 1] {
        [Value::object([
            ("protocol", "udp".into()),
            ("ip", "2001:DB8::1".into()),
            ("port", port.into()),
        ])]
    }

    fn parsed(rules: &[Value]) -> Vec<Rule<'_>> {
        parse(Given::Known(rules)).known().unwrap()
    }

    #[test]
    fn an_address_is_the_same_in_every_spelling() {
        let one = rule(53);
        let mut other = rule(53);
        IP.set(&mut other[0], "2001:db8:0::1");
        assert!(are_same(&parsed(&one), &parsed(&other)));
        assert!(!are_same(&parsed(&one), &parsed(&rule(54))));
        assert!(!are_same(&parsed(&one), &[]));
    }

    #[test]
    fn an_invalid_port_does_not_mean_any_port() {
        let sent = |port| to_api(&parsed(&rule(port))).map(|rules| rules[0].port);
        assert_eq!(sent(Value::from(53)).unwrap(), Some(53));
        assert_eq!(sent(Value::Null).unwrap(), None);
        assert!(sent(Value::from(65536)).is_err());
    }

    #[test]
    fn a_rule_with_an_unknown_part_is_not_known() {
        assert!(parse(Given::Known(&rule(Value::Unknown))).is_unknown());
    }
}
