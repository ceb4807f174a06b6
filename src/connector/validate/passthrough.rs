//! `passthrough`. Elements of a set have no path of their own: errors sit on the set and quote the rule.

use crate::{
    connector::model::attributes::{IP, PASSTHROUGH, PORT, PROTOCOL},
    messages::invalid::{invalid, one_of, trimmed, whole_number},
    protocol::{AttributePath, Diagnostics, Given, Value},
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
            let detail = "A rule has no `protocol`. It must be `tcp`, `udp` or `icmp`.";
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
        let detail = "A rule for `icmp` has a `port`. ICMP has no ports: remove `port`, or choose `tcp` \
                      or `udp`.";
        diagnostics.push(invalid(path, detail));
    }
    match IP.of(rule) {
        Given::Known(ip) if ip.trim().is_empty() => {
            let detail = "A rule has an empty `ip`. Leave `ip` out for any address.";
            diagnostics.push(invalid(path, detail));
        }
        Given::Known(ip) => trimmed(ip, &path.attribute(IP.name()), diagnostics),
        Given::Null | Given::Unknown => {}
    }
}
