//! `tls`: the device's own connection to a TLS server.

use std::net::IpAddr;

use super::{
    certificate,
    secret::{Secret, secret},
    setting::{port_number, text},
    variant::Variant,
};
use crate::{
    messages::invalid::{enumerated, invalid, quoted, trimmed},
    protocol::{AttributePath, Diagnostic, Diagnostics, Given, Value},
};

pub(crate) static TLS: Variant = Variant::new(
    "tls",
    "Connects the devices' TCP sockets to a TLS server, in both directions.",
)
.settings(&[
    text("host")
        .required()
        .rule(host)
        .spelling(is_same_host)
        .describe("Host name or IP address of the server."),
    port_number("port")
        .required()
        .describe("Port of the server, 1 to 65535."),
    text("server_name")
        .required()
        .rule(trimmed)
        .spelling(is_same_host)
        .describe("Server name to send in the TLS handshake (SNI)."),
])
.secrets_are(&[CA, CERT, KEY])
.rule(belong_together)
.lack(certificates);

const CA: Secret = secret("ca").rule(certificate::rule).describe(
    "CA certificates in PEM format, presumably to check the server's certificate. Stored in state; \
     Onomondo never returns it.",
);

const CERT: Secret = secret("cert")
    .rule(certificate::rule)
    .describe("Client certificate in PEM format. Stored in state; Onomondo never returns it.");

const KEY: Secret = secret("key")
    .write_only("key_wo", "key_wo_version")
    .rule(private_key)
    .describe(
        "Private key of the client certificate, in PEM format. Stored in state; Onomondo never \
         returns it.",
    );

/// Checks a host name or address: no scheme, no port, no path.
fn host(given: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let foreign = |c: char| c.is_whitespace() || matches!(c, '/' | ':' | '@' | '?' | '#');
    let is_address = given.parse::<IpAddr>().is_ok();
    if given.is_empty() || (given.contains(foreign) && !is_address) {
        let detail = format!(
            "`{path}` is {}. It must be a host name or an IP address, such as \
             `ingest.example.com`, without a scheme, port, or path.",
            quoted(given)
        );
        diagnostics.push(invalid(path, detail));
    }
}

/// Ignores letter case, a final dot, and different spellings of an address.
fn is_same_host(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.trim_end_matches('.').to_ascii_lowercase();
    plain(one) == plain(other)
        || matches!((one.parse::<IpAddr>(), other.parse::<IpAddr>()), (Ok(one), Ok(other)) if one == other)
}

fn private_key(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    if let Err(error) = certificate::private_key(text) {
        diagnostics.push(error.diagnostic(path));
    }
}

/// Checks that the private key belongs to the client certificate.
fn belong_together(variant: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let Given::Known(cert) = CERT.plain().of(variant) else {
        return;
    };
    let pair = KEY.pair().map(|pair| pair.value);
    for field in [Some(KEY.plain()), pair].into_iter().flatten() {
        if let Given::Known(key) = field.of(variant)
            && certificate::belong_together(cert, key) == Some(false)
        {
            let path = path.attribute(field.name());
            let detail = format!(
                "The private key in `{path}` does not belong to the first certificate in \
                 `tls.cert`, so the TLS connection will probably fail. Use a key and a certificate \
                 that belong together. If `tls.cert` contains a chain, put the client certificate \
                 first."
            );
            let warning = Diagnostic::warning("Private key and certificate do not match", detail);
            diagnostics.push(warning.at(path));
        }
    }
}

/// Onomondo's API reference says that all three are required. Its help pages say that they are
/// optional.
fn certificates(config: &Value) -> Option<Diagnostic> {
    let all = [CA, CERT, KEY];
    let lacking = all.iter().filter(|it| it.configured(config).is_null());
    let lacking: Vec<_> = lacking.map(Secret::name).collect();
    if lacking.is_empty() {
        return None;
    }
    Some(Diagnostic::warning(
        "Incomplete TLS credentials",
        format!(
            "`tls` has no {}. Onomondo's API reference requires `ca`, `cert`, and `key`, but its \
             help pages call them optional. The API may reject this connector.",
            enumerated(&lacking, "or")
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_host() {
        assert!(is_same_host("Ingest.Example.com.", "ingest.example.com"));
        assert!(is_same_host("2001:DB8::1", "2001:db8:0::1"));
        assert!(!is_same_host("10.0.0.1", "10.0.0.2"));
    }
}
