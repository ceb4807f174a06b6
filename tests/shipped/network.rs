//! A network of two servers: one that knows a name, and the API behind it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process,
    sync::{Arc, Mutex},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use rcgen::{CertifiedKey, KeyPair};
use rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, UdpSocket},
};
use tokio_rustls::TlsAcceptor;

/// Where the API is; only the name server here knows it.
pub(crate) const HOST: &str = "api.onomondo.test";

const CONNECTORS: &str = r#"[{
    "name": "fleet", "type": "https", "passthrough": [], "tags": [], "meta": {},
    "options": {"host": "https://ingest.example.com", "shouldReturnBody": false}
}]"#;

/// An API that lists one connector over TLS, with a certificate that it signed itself.
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
                // A client that does not trust the certificate is what one of the tests is about.
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

    /// In PEM.
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

/// A name server that knows this machine by every name.
pub(crate) struct NameServer {
    address: IpAddr,
    asked: Arc<Mutex<String>>,
}

impl NameServer {
    /// On the port that `resolv.conf` cannot change, and an address that no other process takes.
    pub(crate) async fn start() -> Self {
        let [_, high, middle, low] = process::id().to_be_bytes();
        let address = IpAddr::from([127, 128 | high, middle, low]);
        let socket = UdpSocket::bind((address, 53)).await.unwrap();
        let asked = Arc::<Mutex<String>>::default();
        let last = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut query = [0; 512];
            loop {
                let (length, client) = socket.recv_from(&mut query).await.unwrap();
                let (name, answer) = resolve(&query[..length]);
                *last.lock().unwrap() = name;
                socket.send_to(&answer, client).await.unwrap();
            }
        });
        Self { address, asked }
    }

    pub(crate) fn ip(&self) -> IpAddr {
        self.address
    }

    /// The name that was asked for last.
    pub(crate) fn asked(&self) -> String {
        self.asked.lock().unwrap().clone()
    }
}

/// The name in a query and the answer to it: RFC 1035, section 4.
fn resolve(query: &[u8]) -> (String, Vec<u8>) {
    const HEADER: usize = 12;
    let mut labels = Vec::new();
    let mut end = HEADER;
    while query[end] != 0 {
        let label = &query[end + 1..=end + usize::from(query[end])];
        labels.push(String::from_utf8_lossy(label));
        end += label.len() + 1;
    }
    let question = &query[HEADER..end + 5];
    let is_for_ipv4 = question[question.len() - 4..] == [0, 1, 0, 1];
    let mut answer = query[..2].to_vec();
    // A response, with recursion; one question, and one answer if IPv4 was asked for.
    answer.extend([0x81, 0x80, 0, 1, 0, u8::from(is_for_ipv4), 0, 0, 0, 0]);
    answer.extend(question);
    if is_for_ipv4 {
        // The name of the question, type A, class IN, a minute, four bytes.
        answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1]);
    }
    (labels.join("."), answer)
}
