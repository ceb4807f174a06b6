//! Certificates and private keys in PEM: checks that a text holds the right kind, and never quotes
//! it.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use rustls::{
    crypto::aws_lc_rs::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    sign::SigningKey,
};
use thiserror::Error;
use x509_parser::{asn1_rs::Any, certificate::X509Certificate, prelude::FromDer as _};

use super::pem::{self, FormError};
use crate::{
    messages::invalid::invalid,
    protocol::{AttributePath, Diagnostic, Diagnostics},
};

/// The provider warns about a certificate that expires within this time.
const SOON: Duration = Duration::from_hours(30 * 24);

/// The reason why a text is not the expected PEM. It never contains the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum PemError {
    #[error(transparent)]
    Form(#[from] FormError),
    #[error("contains no PEM certificate (`-----BEGIN CERTIFICATE-----`)")]
    NoCertificate,
    #[error(
        "contains a certificate that cannot be read: its PEM encoding or its content is damaged"
    )]
    BadCertificate,
    #[error("contains no PEM private key (`-----BEGIN PRIVATE KEY-----` or similar)")]
    NoKey,
    #[error(
        "contains a private key that is protected by a password, which Onomondo cannot ask for"
    )]
    EncryptedKey,
    #[error(
        "contains a private key that cannot be read: its PEM encoding or its content is damaged"
    )]
    BadKey,
}

impl PemError {
    /// The error on the attribute at `path`.
    pub(super) fn diagnostic(self, path: &AttributePath) -> Diagnostic {
        let hint = match self {
            Self::Form(error) => return invalid(path, format!("`{path}` {error}.")),
            Self::EncryptedKey => "Decrypt it first, for example with `openssl pkey`.",
            _ => "Use the complete PEM text, including its first and last line.",
        };
        invalid(path, format!("`{path}` {self}. {hint}"))
    }
}

/// The rule for an attribute that holds certificates.
pub(super) fn rule(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    match certificates(text) {
        Ok(certificates) => {
            let expiries = certificates.iter().filter_map(|it| expiry(it, path));
            diagnostics.extend(expiries);
        }
        Err(error) => diagnostics.push(error.diagnostic(path)),
    }
}

fn expiry(certificate: &CertificateDer<'_>, path: &AttributePath) -> Option<Diagnostic> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let end = u64::try_from(certificate.validity().not_after.timestamp()).ok()?;
    let end = SystemTime::UNIX_EPOCH + Duration::from_secs(end);
    let now = SystemTime::now();
    if end > now + SOON {
        return None;
    }
    let date = humantime::format_rfc3339_seconds(end);
    let verb = if end <= now { "expired" } else { "expires" };
    let title = if end <= now {
        "A certificate has expired"
    } else {
        "A certificate expires within 30 days"
    };
    let detail = format!(
        "A certificate in `{path}` {verb} at {date}. Connections that depend on it fail after \
         that time. Renew the certificate."
    );
    Some(Diagnostic::warning(title, detail).at(path.clone()))
}

/// The certificates in a PEM text: at least one, and all of them parse.
fn certificates(text: &str) -> Result<Vec<CertificateDer<'static>>, PemError> {
    pem::check(text)?;
    let text = pem::with_common_labels(text);
    let certificates = CertificateDer::pem_slice_iter(text.as_bytes());
    let certificates = certificates.collect::<Result<Vec<_>, _>>();
    let certificates = certificates.map_err(|_| PemError::BadCertificate)?;
    if certificates.is_empty() {
        return Err(PemError::NoCertificate);
    }
    for certificate in &certificates {
        X509Certificate::from_der(certificate).map_err(|_| PemError::BadCertificate)?;
    }
    Ok(certificates)
}

/// The private key in a PEM text: PKCS#8, PKCS#1 or SEC1. The API decides which kinds of keys it
/// accepts.
pub(super) fn private_key(text: &str) -> Result<PrivateKeyDer<'static>, PemError> {
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(PemError::EncryptedKey);
    }
    pem::check(text)?;
    let key = match PrivateKeyDer::from_pem_slice(text.as_bytes()) {
        Ok(key) => key,
        Err(rustls::pki_types::pem::Error::NoItemsFound) => return Err(PemError::NoKey),
        Err(_) => return Err(PemError::BadKey),
    };
    // Every key is exactly one ASN.1 object, even a kind of key that cannot be checked further.
    match Any::from_der(key.secret_der()) {
        Ok((rest, object)) if rest.is_empty() && object.header.is_constructed() => Ok(key),
        _ => Err(PemError::BadKey),
    }
}

/// Whether the key belongs to the first certificate. `None` if that cannot be checked.
pub(super) fn belong_together(certificates: &str, key: &str) -> Option<bool> {
    let certificates = self::certificates(certificates).ok()?;
    let key: Arc<dyn SigningKey> = any_supported_type(&private_key(key).ok()?).ok()?;
    let of_key = key.public_key()?;
    let (_, certificate) = X509Certificate::from_der(certificates.first()?).ok()?;
    Some(of_key.as_ref() == certificate.public_key().raw)
}
