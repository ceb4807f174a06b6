//! PEM texts: whether they hold what they should.

use rustls::{
    crypto::aws_lc_rs::sign::any_supported_type,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    sign::SigningKey,
};
use std::sync::Arc;

use thiserror::Error;
use x509_parser::{asn1_rs::Any, certificate::X509Certificate, prelude::FromDer as _};

/// Why a text is not the PEM it should be. The text itself is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum PemError {
    #[error("is empty")]
    Empty,
    #[error("holds no certificate in PEM (`-----BEGIN CERTIFICATE-----`)")]
    NoCertificate,
    #[error("holds a certificate that cannot be read: its PEM or what is in it is damaged")]
    BadCertificate,
    #[error("holds no private key in PEM (`-----BEGIN PRIVATE KEY-----` or one of a kind)")]
    NoKey,
    #[error("holds a private key that is protected by a password, which Onomondo cannot ask for")]
    EncryptedKey,
    #[error("holds a private key that cannot be read: its PEM or what is in it is damaged")]
    BadKey,
}

/// The certificates of a PEM text, one at least, each of which parses.
pub(super) fn certificates(text: &str) -> Result<Vec<CertificateDer<'static>>, PemError> {
    if text.trim().is_empty() {
        return Err(PemError::Empty);
    }
    let certificates =
        CertificateDer::pem_slice_iter(text.as_bytes()).collect::<Result<Vec<_>, _>>();
    let certificates = certificates.map_err(|_| PemError::BadCertificate)?;
    if certificates.is_empty() {
        return Err(PemError::NoCertificate);
    }
    for certificate in &certificates {
        X509Certificate::from_der(certificate).map_err(|_| PemError::BadCertificate)?;
    }
    Ok(certificates)
}

/// The private key of a PEM text: PKCS#8, PKCS#1 or SEC1. Its kind is the API's business.
pub(super) fn private_key(text: &str) -> Result<PrivateKeyDer<'static>, PemError> {
    if text.trim().is_empty() {
        return Err(PemError::Empty);
    }
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(PemError::EncryptedKey);
    }
    let key = match PrivateKeyDer::from_pem_slice(text.as_bytes()) {
        Ok(key) => key,
        Err(rustls::pki_types::pem::Error::NoItemsFound) => return Err(PemError::NoKey),
        Err(_) => return Err(PemError::BadKey),
    };
    // Any key is one ASN.1 object and nothing more, also of a kind that cannot be checked further.
    match Any::from_der(key.secret_der()) {
        Ok((rest, object)) if rest.is_empty() && object.header.is_constructed() => Ok(key),
        _ => Err(PemError::BadKey),
    }
}

/// Whether the key belongs to the certificate. `None` for a kind of key that cannot be told.
pub(super) fn belong_together(
    certificate: &CertificateDer<'_>,
    key: &PrivateKeyDer<'_>,
) -> Option<bool> {
    let key: Arc<dyn SigningKey> = any_supported_type(key).ok()?;
    let of_key = key.public_key()?;
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    Some(of_key.as_ref() == certificate.public_key().raw)
}
