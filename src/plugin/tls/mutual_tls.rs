//! Mutual TLS as in go-plugin (`AutoMTLS`). Each side makes its own certificate, for this one
//! process, and trusts only the other side's.
//!
//! The server's certificate has just what Go's verification needs: the subject alternative name
//! `localhost`, server authentication as an extended key usage, a positive serial number, and a
//! validity that has begun. Every CLI supports P-256, including FIPS builds.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use rcgen::{
    CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256,
};
use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivatePkcs8KeyDer},
    version::{TLS12, TLS13},
};
use tokio_rustls::TlsAcceptor;

use super::client_certificate::{ClientCertificate, PinnedClient};

/// The name that every CLI requests (SNI) and verifies.
const SERVER_NAME: &str = "localhost";
/// How far the certificate's validity reaches into the past, in case the clock is set back
/// meanwhile.
const BACK_DATE: Duration = Duration::from_secs(30);
/// How far its validity reaches into the future: 30 years, as in go-plugin. It must not expire in
/// use.
const VALIDITY: Duration = Duration::from_hours(30 * 365 * 24);

/// One process's side of mutual TLS.
pub(crate) struct MutualTls {
    /// Does the handshake of each connection.
    pub(crate) acceptor: TlsAcceptor,
    /// The certificate to send to the CLI, which trusts no other.
    pub(crate) certificate: CertificateDer<'static>,
}

/// The reason why mutual TLS cannot start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    #[error("could not create the TLS certificate of this process: {0}")]
    Certificate(#[from] rcgen::Error),
    #[error("could not set up TLS: {0}")]
    Configuration(#[from] rustls::Error),
}

impl MutualTls {
    /// Makes a key and a certificate, and requires `client` from the other side.
    pub(crate) fn new(client: ClientCertificate) -> Result<Self, TlsError> {
        let (certificate, key) = one_time_certificate()?;
        let crypto = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&crypto))
            .with_protocol_versions(&[&TLS13, &TLS12])?
            .with_client_cert_verifier(Arc::new(PinnedClient::new(client, crypto)))
            .with_single_cert(vec![certificate.clone()], key.into())?;
        // grpc-go 1.67 and later rejects a server that does not choose `h2`.
        config.alpn_protocols = vec![b"h2".to_vec()];
        Ok(Self {
            acceptor: Arc::new(config).into(),
            certificate,
        })
    }
}

fn one_time_certificate()
-> Result<(CertificateDer<'static>, PrivatePkcs8KeyDer<'static>), rcgen::Error> {
    let now = SystemTime::now();
    let mut params = CertificateParams::new([SERVER_NAME.to_owned()])?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::CommonName, SERVER_NAME);
    params.not_before = (now - BACK_DATE).into();
    params.not_after = (now + VALIDITY).into();
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ServerAuth,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    let key = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256)?;
    let certificate = params.self_signed(&key)?;
    Ok((certificate.der().clone(), key.serialize_der().into()))
}
