//! HTTPS with certificates made at start, which no other machine trusts.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs, io};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use clap::ValueEnum;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, crypto::aws_lc_rs};
use tokio::net::TcpStream;
use tokio::time::sleep;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use uuid::Uuid;

/// The names of the sandbox: loopback, and a name that tests resolve or reach through a proxy.
const NAMES: [&str; 4] = ["localhost", "127.0.0.1", "::1", "api.onomondo.test"];

/// The first byte of a TLS connection. No plain HTTP request begins with it.
const HANDSHAKE: u8 = 0x16;

/// The kind of certificate that the sandbox presents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Certificate {
    /// Signed by a CA
    Ca,
    /// Self-signed, and marked as a CA, as `openssl req -x509` creates it
    SelfSigned,
}

/// The TLS server of the sandbox.
pub(crate) struct Tls {
    acceptor: TlsAcceptor,
    /// How long to delay the handshake.
    delay: Duration,
    /// The file of the certificate that a client must trust. Removed when this is dropped.
    trusted: PathBuf,
}

impl Tls {
    /// Makes the certificates.
    pub(crate) fn new(certificate: Certificate, delay: Duration) -> io::Result<Self> {
        let (trusted, shown, key) = make(certificate).map_err(io::Error::other)?;
        let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(io::Error::other)?;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|config| {
                let config = config.with_no_client_auth();
                config.with_single_cert(vec![shown], key)
            })
            .map_err(io::Error::other)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let file = env::temp_dir().join(format!("onomondo-sandbox-{}.pem", Uuid::new_v4()));
        fs::write(&file, pem(&trusted))?;
        Ok(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            delay,
            trusted: file,
        })
    }

    /// The PEM file of the certificate to trust.
    pub(crate) fn trusted(&self) -> &Path {
        &self.trusted
    }

    /// Answers a client's handshake.
    pub(super) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        sleep(self.delay).await;
        self.acceptor.accept(stream).await
    }
}

impl Drop for Tls {
    fn drop(&mut self) {
        // This fails if someone already removed the file.
        let _ = fs::remove_file(&self.trusted);
    }
}

/// Whether a client starts with TLS. The same port also serves plain HTTP, for `/_sandbox/`.
pub(super) async fn is_tls(stream: &TcpStream) -> bool {
    let mut first = [0];
    matches!(stream.peek(&mut first).await, Ok(1)) && first == [HANDSHAKE]
}

/// The certificate to trust, the server's certificate, and the key of the server's certificate.
type Made = (CertificateDer<'static>, CertificateDer<'static>, KeyPair);

fn make(certificate: Certificate) -> Result<Made, rcgen::Error> {
    let key = KeyPair::generate()?;
    let mut server = CertificateParams::new(NAMES.map(str::to_owned))?;
    if certificate == Certificate::SelfSigned {
        server.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let shown = server.self_signed(&key)?.der().clone();
        return Ok((shown.clone(), shown, key));
    }
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    ca.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    ca.distinguished_name = DistinguishedName::new();
    let name = "Onomondo sandbox";
    ca.distinguished_name.push(DnType::CommonName, name);
    let trusted = ca.self_signed(&ca_key)?.der().clone();
    let shown = server.signed_by(&key, &Issuer::new(ca, ca_key))?;
    Ok((trusted, shown.der().clone(), key))
}

fn pem(certificate: &CertificateDer<'_>) -> String {
    let body = BASE64_STANDARD.encode(certificate);
    format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
}
