//! A folder served over HTTPS on loopback.

use std::fs;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rcgen::CertifiedKey;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A site that runs until the tests end.
pub(crate) struct Site {
    address: SocketAddr,
    certificate: Vec<u8>,
}

impl Site {
    /// Serves the files in `folder`, with a new certificate.
    pub(crate) fn serve(folder: PathBuf) -> Self {
        let CertifiedKey { cert, signing_key } =
            rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (config, folder) = (Arc::clone(&config), folder.clone());
                // A client that hangs up is not an error here. Its own test checks the result.
                thread::spawn(move || answer(config, &folder, stream?));
            }
        });
        Self {
            address,
            certificate: cert.der().to_vec(),
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// The certificate in PEM. It is its own root.
    pub(crate) fn certificate(&self) -> String {
        let body = BASE64_STANDARD.encode(&self.certificate);
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }
}

/// Answers one `GET` of a file for each connection.
fn answer(config: Arc<ServerConfig>, folder: &Path, stream: TcpStream) -> io::Result<()> {
    let connection = ServerConnection::new(config).map_err(io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(connection, stream));
    let mut request = String::new();
    while !request.ends_with("\r\n\r\n") {
        if stream.read_line(&mut request)? == 0 {
            return Ok(());
        }
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (status, body) = match fs::read(folder.join(path.trim_start_matches('/'))) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let kind = match Path::new(path).extension() {
        Some(extension) if extension == "json" => "application/json",
        _ => "application/zip",
    };
    let length = body.len();
    let mut stream = stream.into_inner();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)?;
    stream.conn.send_close_notify();
    stream.flush()
}
