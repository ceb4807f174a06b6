//! The variants: exactly one, and what each may hold.

use std::net::IpAddr;

use url::Url;

use super::{
    super::checks::{invalid, not_empty, not_null, one_of, port, quoted},
    secrets,
};
use crate::{
    onomondo::Kind,
    protocol::{AttributePath, Diagnostic, Diagnostics, Value},
};

/// What `aws_iot_core` must have.
const AWS_IOT_CORE: [&str; 6] = [
    "region",
    "role",
    "publish_topic",
    "subscribe_topic",
    "default_protocol",
    "default_port",
];

pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    exactly_one(config, diagnostics);
    for kind in Kind::ALL {
        let variant = config.get(kind.as_str());
        let path = AttributePath::from([kind.as_str()]);
        match kind {
            Kind::Https => {
                not_null(variant, &path, &["host"], diagnostics);
                url(variant.get("host"), &path.attribute("host"), diagnostics);
            }
            Kind::Tls => tls(variant, &path, diagnostics),
            Kind::AwsIotCore => aws_iot_core(variant, &path, diagnostics),
            Kind::MicrosoftAzureIot => {
                secrets::connection_string(variant, &path, diagnostics);
            }
        }
    }
}

fn exactly_one(config: &Value, diagnostics: &mut Diagnostics) {
    let all = Kind::ALL.map(|kind| format!("`{kind}`")).join(", ");
    let is_set = |kind: &Kind| !config.get(kind.as_str()).is_null();
    let is_known = |kind: &Kind| !config.get(kind.as_str()).is_unknown();
    if !Kind::ALL.iter().any(is_set) {
        let detail =
            format!("What the connector connects to is not set. Set exactly one of {all}.");
        diagnostics.push(Diagnostic::error("No connector type", detail));
    }
    let mut set = Kind::ALL.into_iter().filter(is_set).filter(is_known);
    let Some(first) = set.next() else {
        return;
    };
    for other in set {
        let detail = format!(
            "`{first}` and `{other}` are both set. A connector has one type: set exactly one of {all}."
        );
        let title = "More than one connector type";
        diagnostics.push(Diagnostic::error(title, detail).at([other.as_str()]));
    }
}

/// What an HTTPS connector posts to. Query and user information may hold a key: they are not
/// repeated.
fn url(value: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let Some(given) = value.as_str() else {
        return;
    };
    let url = Url::parse(given);
    if url
        .as_ref()
        .is_ok_and(|url| url.scheme() == "https" && url.has_host())
    {
        return;
    }
    let shown = if given.contains('@') {
        "not one".to_owned()
    } else {
        quoted(given.split(['?', '#']).next().unwrap_or_default())
    };
    let detail = format!(
        "`{path}` is {shown}. It must be a whole `https` URL, such as \
         `https://ingest.example.com/devices`."
    );
    diagnostics.push(invalid(path, detail));
}

fn tls(variant: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    not_null(variant, path, &["host", "port", "server_name"], diagnostics);
    host(variant.get("host"), &path.attribute("host"), diagnostics);
    port(
        variant.get("port"),
        &path.attribute("port"),
        1..=65535,
        diagnostics,
    );
    not_empty(
        variant.get("server_name"),
        &path.attribute("server_name"),
        diagnostics,
    );
    secrets::tls(variant, path, diagnostics);
}

/// A host name or an address: no scheme, no port, no path.
fn host(value: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let Some(given) = value.as_str() else {
        return;
    };
    let foreign = |c: char| c.is_whitespace() || matches!(c, '/' | ':' | '@' | '?' | '#');
    let is_address = given.parse::<IpAddr>().is_ok();
    if given.is_empty() || (given.contains(foreign) && !is_address) {
        let detail = format!(
            "`{path}` is {}. It must be a host name or an IP address alone, such as \
             `ingest.example.com`: no scheme, port or path.",
            quoted(given)
        );
        diagnostics.push(invalid(path, detail));
    }
}

fn aws_iot_core(variant: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    not_null(variant, path, &AWS_IOT_CORE, diagnostics);
    for name in ["region", "role", "publish_topic", "subscribe_topic"] {
        not_empty(variant.get(name), &path.attribute(name), diagnostics);
    }
    let protocol = variant.get("default_protocol");
    one_of(
        protocol,
        &path.attribute("default_protocol"),
        &["tcp", "udp"],
        diagnostics,
    );
    port(
        variant.get("default_port"),
        &path.attribute("default_port"),
        1..=65535,
        diagnostics,
    );
    let role = variant
        .get("role")
        .as_str()
        .filter(|role| !role.trim().is_empty());
    if let Some(role) = role.filter(|role| !role.starts_with("arn:")) {
        let detail = format!(
            "`{path}.role` is {}, which does not begin with `arn:`. Onomondo assumes this role by \
             its ARN, such as `arn:aws:iam::123456789012:role/onomondo`.",
            quoted(role)
        );
        let warning = Diagnostic::warning("The role is no ARN", detail);
        diagnostics.push(warning.at(path.attribute("role")));
    }
}
