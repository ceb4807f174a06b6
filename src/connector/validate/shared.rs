//! What all variants share: `name`, `passthrough`, `tags`, `timeouts`.

use super::super::{
    checks::{invalid, is_tag_id, one_of, port, quoted},
    timeouts,
};
use crate::protocol::{AttributePath, Diagnostics, Value, parse_duration};

pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    name(config.get("name"), diagnostics);
    passthrough(config.get("passthrough"), diagnostics);
    tags(config.get("tags"), diagnostics);
    for operation in timeouts::OPERATIONS {
        timeout(
            config.get("timeouts").get(operation),
            operation,
            diagnostics,
        );
    }
}

/// The API's own pattern: `^[-_a-zA-Z0-9]{3,255}$`.
pub(in super::super) fn name(value: &Value, diagnostics: &mut Diagnostics) {
    let Some(name) = value.as_str() else {
        return;
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.chars().all(allowed) || !(3..=255).contains(&name.len()) {
        let detail = format!(
            "`name` is {}. It must be 3 to 255 characters long, of the letters `a` to `z` and \
             `A` to `Z`, digits, `-` and `_`.",
            quoted(name)
        );
        diagnostics.push(invalid(&["name"].into(), detail));
    }
}

/// Elements of a set have no path of their own: errors sit on `passthrough` and quote the rule.
fn passthrough(value: &Value, diagnostics: &mut Diagnostics) {
    let path = AttributePath::from(["passthrough"]);
    for rule in value.elements() {
        if rule.is_null() || (rule.as_map().is_some() && rule.get("protocol").is_null()) {
            let detail = "A rule has no `protocol`. It must be `tcp`, `udp` or `icmp`.";
            diagnostics.push(invalid(&path, detail));
            continue;
        }
        let protocol = rule.get("protocol");
        let mut found = Diagnostics::default();
        one_of(
            protocol,
            &path.attribute("protocol"),
            &["tcp", "udp", "icmp"],
            &mut found,
        );
        port(
            rule.get("port"),
            &path.attribute("port"),
            0..=65535,
            &mut found,
        );
        if protocol.as_str() == Some("icmp") && !rule.get("port").is_null() {
            let detail = "A rule for `icmp` has a `port`. ICMP has no ports: remove `port`, or choose \
                          `tcp` or `udp`.";
            found.push(invalid(&path, detail));
        }
        if rule
            .get("ip")
            .as_str()
            .is_some_and(|ip| ip.trim().is_empty())
        {
            let detail = "A rule has an empty `ip`. Leave `ip` out for any address.";
            found.push(invalid(&path, detail));
        }
        diagnostics.extend(
            found
                .into_iter()
                .map(|diagnostic| diagnostic.at(path.clone())),
        );
    }
}

fn tags(value: &Value, diagnostics: &mut Diagnostics) {
    let path = AttributePath::from(["tags"]);
    for tag in value.elements() {
        let Some(tag) = tag.as_str() else {
            if tag.is_null() {
                diagnostics.push(invalid(&path, "`tags` has a null in it. Remove it."));
            }
            continue;
        };
        if !is_tag_id(tag) {
            let detail = format!(
                "`tags` has {}. A tag is given by its ID, a UUID such as \
                 `a5023f47-1db8-425e-b664-dc0b8921f644`, not by its name: `data \"onomondo_tag\"` looks \
                 it up.",
                if tag.is_empty() {
                    "an empty string".to_owned()
                } else {
                    quoted(tag)
                }
            );
            diagnostics.push(invalid(&path, detail));
        }
    }
}

fn timeout(value: &Value, operation: &str, diagnostics: &mut Diagnostics) {
    if let Some(given) = value
        .as_str()
        .filter(|given| parse_duration(given).is_none())
    {
        let path = AttributePath::from(["timeouts", operation]);
        let detail = format!(
            "`{path}` is {}. It must be a duration above zero, such as `30s`, `5m` or `1h30m`.",
            quoted(given)
        );
        diagnostics.push(invalid(&path, detail));
    }
}
