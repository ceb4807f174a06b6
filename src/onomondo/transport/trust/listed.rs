//! Accepts a server's own certificate if it is one of the trusted ones.
//!
//! The stock verifier looks for a chain from the server's certificate to a trusted one. There are
//! two cases without a chain. The certificate may claim to be a CA itself, as `openssl req -x509`
//! makes it. Or only the server's certificate is trusted and its CA's is missing. OpenSSL, and
//! therefore curl, accepts a certificate that equals a trusted one byte for byte. This verifier
//! does too, if the certificate is for this server and still valid. In all cases, the server must
//! prove that it has the private key.

use std::{collections::HashSet, sync::Arc};

use rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_name,
    },
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};
use x509_parser::{prelude::FromDer as _, time::ASN1Time};

/// The stock verifier, and the trusted certificates that it cannot match.
#[derive(Debug)]
pub(super) struct Verifier {
    stock: Arc<WebPkiServerVerifier>,
    trusted: HashSet<CertificateDer<'static>>,
}

impl Verifier {
    /// Trusts these certificates. Ignores entries that are not certificates.
    pub(super) fn new(
        certificates: Vec<CertificateDer<'static>>,
        provider: Arc<CryptoProvider>,
    ) -> Result<Self, Error> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(certificates.iter().cloned());
        let stock = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .map_err(|error| Error::Other(OtherError(Arc::new(error))))?;
        Ok(Self {
            stock,
            trusted: certificates.into_iter().collect(),
        })
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.stock.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        if verified.is_err() && self.trusted.contains(end_entity) {
            verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
            verify_use(end_entity, now)?;
            return Ok(ServerCertVerified::assertion());
        }
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.stock
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.stock
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.stock.supported_verify_schemes()
    }
}

/// Whether the certificate is valid now and, if it states its purpose, is for servers.
fn verify_use(certificate: &CertificateDer<'_>, now: UnixTime) -> Result<(), CertificateError> {
    let encoding = |_| CertificateError::BadEncoding;
    let (_, certificate) = x509_parser::certificate::X509Certificate::from_der(certificate)
        .map_err(|_| CertificateError::BadEncoding)?;
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    let now = ASN1Time::from_timestamp(now).map_err(encoding)?;
    if now < certificate.validity().not_before {
        return Err(CertificateError::NotValidYet);
    }
    if now > certificate.validity().not_after {
        return Err(CertificateError::Expired);
    }
    let extended = certificate.extended_key_usage().map_err(encoding)?;
    let is_for_servers = extended.is_none_or(|usage| usage.value.server_auth || usage.value.any);
    let usage = certificate.key_usage().map_err(encoding)?;
    let may_sign = usage.is_none_or(|usage| {
        let usage = usage.value;
        usage.digital_signature() || usage.key_encipherment() || usage.key_agreement()
    });
    if is_for_servers && may_sign {
        Ok(())
    } else {
        Err(CertificateError::InvalidPurpose)
    }
}
