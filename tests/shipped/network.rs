//! The API, and a name server that knows its name.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process,
    sync::Arc,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use rcgen::{CertifiedKey, KeyPair};
use rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// The API's host, which only this name server knows.
pub(crate) const HOST: &str = "api.onomondo.test";

const CONNECTORS: &str = r#"[{
    "name": "fleet", "type": "https", "passthrough": [], "tags": [], "meta": {},
    "options": {"host": "https://ingest.example.com", "shouldReturnBody": false}
}]"#;

/// An API that lists one connector over TLS, with a self-signed certificate.
pub(crate) struct Api {
    address: SocketAddr,
    certificate: Vec<u8>,
}

impl Api {
    pub(crate) async fn start() -> Self {
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed([HOST.to_owned()]).unwrap();
        let acceptor = acceptor(cert.der().to_vec(), &signing_key);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // One of the tests has a client that does not trust the certificate.
                let _ = answer(&acceptor, stream).await;
            }
        });
        Self {
            address,
            certificate: cert.der().to_vec(),
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("https://{HOST}:{}", self.address.port())
    }

    /// The certificate in PEM.
    pub(crate) fn certificate(&self) -> String {
        let body = BASE64_STANDARD.encode(&self.certificate);
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }
}

fn acceptor(certificate: Vec<u8>, key: &KeyPair) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn answer(acceptor: &TlsAcceptor, stream: TcpStream) -> std::io::Result<()> {
    let mut stream = acceptor.accept(stream).await?;
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await?);
    }
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    let length = CONNECTORS.len();
    let answer = format!("{head}content-length: {length}\r\n\r\n{CONNECTORS}");
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

/// An address that no other process uses.
pub(crate) fn own_address() -> IpAddr {
    let [_, high, middle, low] = process::id().to_be_bytes();
    IpAddr::from([127, 128 | high, middle, low])
}
