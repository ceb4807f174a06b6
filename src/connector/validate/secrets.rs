//! Secrets: whether they are what they should be, without a word of what they are.

use std::time::{Duration, SystemTime};

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use x509_parser::{certificate::X509Certificate, prelude::FromDer as _};

use super::{
    super::checks::invalid,
    pem::{self, PemError},
};
use crate::protocol::{AttributePath, Diagnostic, Diagnostics, Value};

/// How long before its end a certificate is warned about.
const SOON: Duration = Duration::from_hours(30 * 24);

/// `ca`, `cert` and `key` of a TLS connector.
pub(super) fn tls(variant: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let ca = parsed(variant, path, "ca", pem::certificates, diagnostics);
    let cert = parsed(variant, path, "cert", pem::certificates, diagnostics);
    let key = parsed(variant, path, "key", pem::private_key, diagnostics);
    let key_wo = parsed(variant, path, "key_wo", pem::private_key, diagnostics);
    for certificate in ca.iter().flatten() {
        expiry(certificate, &path.attribute("ca"), diagnostics);
    }
    for certificate in cert.iter().flatten() {
        expiry(certificate, &path.attribute("cert"), diagnostics);
    }
    for (name, key) in [("key", key), ("key_wo", key_wo)] {
        if let (Some([leaf, ..]), Some(key)) = (cert.as_deref(), &key) {
            pair(leaf, key, &path.attribute(name), diagnostics);
        }
    }
}

/// A secret in PEM, where it is known and parses.
fn parsed<T>(
    variant: &Value,
    path: &AttributePath,
    name: &str,
    parse: fn(&str) -> Result<T, PemError>,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let path = path.attribute(name);
    match parse(variant.get(name).as_str()?) {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            let hint = match error {
                PemError::Empty => "Leave it out to set none.",
                PemError::EncryptedKey => "Decrypt it first, for example with `openssl pkey`.",
                _ => "Give the whole PEM text, its first and last line included.",
            };
            diagnostics.push(invalid(&path, format!("`{path}` {error}. {hint}")));
            None
        }
    }
}

fn expiry(certificate: &CertificateDer<'_>, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let Ok((_, certificate)) = X509Certificate::from_der(certificate) else {
        return;
    };
    let Ok(end) = u64::try_from(certificate.validity().not_after.timestamp()) else {
        return;
    };
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(end);
    let now = SystemTime::now();
    if end > now + SOON {
        return;
    }
    let date = humantime::format_rfc3339_seconds(end);
    let verb = if end <= now { "expired" } else { "expires" };
    let title = if end <= now {
        "A certificate has expired"
    } else {
        "A certificate expires within 30 days"
    };
    let detail = format!(
        "A certificate in `{path}` {verb} at {date}. Connections that depend on it will fail from then \
         on: renew it."
    );
    diagnostics.push(Diagnostic::warning(title, detail).at(path.clone()));
}

fn pair(
    certificate: &CertificateDer<'_>,
    key: &PrivateKeyDer<'_>,
    path: &AttributePath,
    diagnostics: &mut Diagnostics,
) {
    if pem::belong_together(certificate, key) == Some(false) {
        let detail = format!(
            "The private key in `{path}` does not belong to the first certificate in `tls.cert`. The \
             server will refuse the connector: give the key and the certificate of one pair, the \
             client's own certificate first."
        );
        let warning = Diagnostic::warning("Private key and certificate do not match", detail);
        diagnostics.push(warning.at(path.clone()));
    }
}

/// The connection string of an Azure IoT Hub, in `connection_string` or `connection_string_wo`.
pub(super) fn connection_string(
    variant: &Value,
    path: &AttributePath,
    diagnostics: &mut Diagnostics,
) {
    for name in ["connection_string", "connection_string_wo"] {
        if let Some(text) = variant.get(name).as_str() {
            hub(text, &path.attribute(name), diagnostics);
        }
    }
}

fn hub(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    if text.trim().is_empty() {
        let detail = format!("`{path}` is empty. Leave it out to set none.");
        diagnostics.push(invalid(path, detail));
        return;
    }
    let parts: Vec<_> = text.split(';').map(str::trim).collect();
    let lacks = |part: &&str| !parts.iter().any(|given| given.starts_with(part));
    let missing: Vec<_> = ["HostName=", "SharedAccessKey="]
        .into_iter()
        .filter(lacks)
        .collect();
    if !missing.is_empty() {
        let detail = format!(
            "`{path}` has no `{}`. A connection string of an IoT Hub reads \
             `HostName=…;SharedAccessKeyName=…;SharedAccessKey=…`.",
            missing.join("` and no `")
        );
        let warning = Diagnostic::warning("Incomplete connection string", detail);
        diagnostics.push(warning.at(path.clone()));
    }
}
