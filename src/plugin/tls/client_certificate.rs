//! The CLI's certificate: read from the environment, then required of every client.
//!
//! The CLI makes a certificate for each plugin process, passes it in `PLUGIN_CLIENT_CERT` and
//! presents it when it connects. Any other program on the machine could connect as well, and could
//! drive a provider that holds credentials. So a client must present exactly this certificate and
//! prove that it has the key.
//!
//! rustls' own verifier cannot be used: the certificate is its own CA (`CA:TRUE`), and webpki
//! refuses such a certificate at the end of a chain. There is no chain to check either: a
//! byte-for-byte match is stronger.

use std::sync::Arc;

use rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme,
    client::danger::HandshakeSignatureValid,
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, UnixTime, pem, pem::PemObject as _},
    server::{
        ParsedCertificate,
        danger::{ClientCertVerified, ClientCertVerifier},
    },
};
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// The certificate in `PLUGIN_CLIENT_CERT`. It is well-formed; nothing else has been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientCertificate(CertificateDer<'static>);

/// The reason why a text is not a client certificate.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadClientCertificate {
    #[error("it is not a PEM certificate ({0})")]
    Pem(pem::Error),
    #[error("it contains more than one certificate")]
    Several,
    #[error("the certificate is malformed ({0})")]
    Certificate(Error),
}

impl ClientCertificate {
    /// Reads the single certificate in a PEM text.
    pub(crate) fn from_pem(text: &str) -> Result<Self, BadClientCertificate> {
        let mut certificates = CertificateDer::pem_slice_iter(text.as_bytes());
        let certificate = certificates
            .next()
            .unwrap_or(Err(pem::Error::NoItemsFound))
            .map_err(BadClientCertificate::Pem)?;
        if certificates.next().is_some() {
            return Err(BadClientCertificate::Several);
        }
        ParsedCertificate::try_from(&certificate).map_err(BadClientCertificate::Certificate)?;
        Ok(Self(certificate))
    }
}

/// Accepts only clients that present this certificate, byte for byte, and have its key.
#[derive(Debug)]
pub(crate) struct PinnedClient {
    certificate: ClientCertificate,
    crypto: Arc<CryptoProvider>,
}

impl PinnedClient {
    /// `crypto` must support `ECDSA_NISTP521_SHA512`. If the server does not list that scheme, a
    /// CLI sends no certificate at all.
    pub(crate) fn new(certificate: ClientCertificate, crypto: Arc<CryptoProvider>) -> Self {
        Self {
            certificate,
            crypto,
        }
    }
}

impl ClientCertVerifier for PinnedClient {
    /// Lists no issuers: Go withholds its certificate if the server lists issuers and the
    /// certificate's own issuer is not among them.
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    /// Also checks the validity period. go-plugin checks it too, as it verifies a chain of this
    /// certificate.
    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if *end_entity != self.certificate.0 {
            return Err(CertificateError::ApplicationVerificationFailure.into());
        }
        let (_, certificate) =
            X509Certificate::from_der(end_entity).map_err(|_| CertificateError::BadEncoding)?;
        let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        let validity = certificate.validity();
        if now < validity.not_before.timestamp() {
            return Err(CertificateError::NotValidYet.into());
        }
        if now > validity.not_after.timestamp() {
            return Err(CertificateError::Expired.into());
        }
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.crypto.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.crypto.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.crypto
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pem(body: &str) -> String {
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }

    fn reason(text: &str) -> String {
        ClientCertificate::from_pem(text).unwrap_err().to_string()
    }

    #[test]
    fn an_invalid_certificate_is_refused_with_the_reason() {
        assert!(reason("garbage").contains("not a PEM certificate"));
        assert!(reason(&pem("!!!!")).contains("not a PEM certificate"));
        assert!(reason(&pem("AAAA")).contains("malformed"));
        assert!(reason(&pem("AAAA").repeat(2)).contains("more than one"));
    }

    #[test]
    fn the_curve_of_the_clis_is_on_the_list() {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(Vec::new()).unwrap();
        let certificate = certificate.self_signed(&key).unwrap().der().clone();
        let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let schemes =
            PinnedClient::new(ClientCertificate(certificate), crypto).supported_verify_schemes();
        assert!(schemes.contains(&SignatureScheme::ECDSA_NISTP521_SHA512));
    }
}
