//! `passthrough`. An element of a set has no attribute path, so errors point to the set and quote
//! the rule.

use crate::{
    connector::model::attributes::{IP, PASSTHROUGH, PORT, PROTOCOL},
    messages::invalid::{invalid, one_of, trimmed, whole_number},
    protocol::{AttributePath, Diagnostics, Field, Given, Text, Value},
};

pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    let Given::Known(rules) = PASSTHROUGH.of(config) else {
        return;
    };
    let path = AttributePath::from([PASSTHROUGH.name()]);
    for rule in rules {
        let mut found = Diagnostics::default();
        validate_rule(rule, &path, &mut found);
        diagnostics.extend(found.into_iter().map(|error| error.at(path.clone())));
    }
}

fn validate_rule(rule: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let protocol = match PROTOCOL.of(rule) {
        Given::Known(protocol) => {
            let path = path.attribute(PROTOCOL.name());
            one_of(protocol, &path, &["tcp", "udp", "icmp"], diagnostics);
            Some(protocol)
        }
        Given::Unknown => None,
        Given::Null => {
            let detail = format!(
                "{} has no `protocol`. Set it to `tcp`, `udp`, or `icmp`.",
                shown(rule)
            );
            diagnostics.push(invalid(path, detail));
            return;
        }
    };
    let port = PORT.of(rule);
    if let Given::Known(port) = port {
        let path = path.attribute(PORT.name());
        whole_number(port, &path, 0..=65535, diagnostics);
    }
    if protocol == Some("icmp") && !port.is_null() {
        let detail = format!(
            "{} has a `port`, but ICMP has no ports. Remove `port`, or set `protocol` to `tcp` or `udp`.",
            shown(rule)
        );
        diagnostics.push(invalid(path, detail));
    }
    match IP.of(rule) {
        Given::Known(ip) if ip.trim().is_empty() => {
            let detail = format!(
                "{} has an empty `ip`. To match any address, omit `ip`.",
                shown(rule)
            );
            diagnostics.push(invalid(path, detail));
        }
        Given::Known(ip) => trimmed(ip, &path.attribute(IP.name()), diagnostics),
        Given::Null | Given::Unknown => {}
    }
}

/// The rule as a configuration writes it, as far as it is known.
fn shown(rule: &Value) -> String {
    let text = |field: Field<Text>| {
        let text = field.of(rule).known()?;
        Some(format!("{} = {text:?}", field.name()))
    };
    let port = PORT.of(rule).known();
    let port = port.map(|port| format!("{} = {port:.40}", PORT.name()));
    let members = [text(PROTOCOL), text(IP), port];
    let members: Vec<_> = members.into_iter().flatten().collect();
    if members.is_empty() {
        return "A rule".to_owned();
    }
    format!("The rule `{{ {} }}`", members.join(", "))
}
