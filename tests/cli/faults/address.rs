//! Addresses without a working API. Nothing leaves this machine.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rustls::{ServerConfig, ServerConnection, Stream};

/// An address where no API answers, by cause.
#[derive(Clone, Copy)]
pub(crate) enum Address {
    /// Nothing listens.
    Refused,
    /// A reserved name, which never has an address.
    NoSuchHost,
    /// The server speaks HTTP where the client expects HTTPS.
    NoTls,
    /// The server has an untrusted certificate.
    Untrusted,
}

impl Address {
    /// The `base_url` for this address.
    pub(crate) fn url(self) -> String {
        match self {
            // This port is privileged, and no program has used it for decades.
            Self::Refused => "http://127.0.0.1:1".to_owned(),
            Self::NoSuchHost => "https://does-not-exist.invalid".to_owned(),
            Self::NoTls => listen(|mut stream| {
                let _ = stream.read(&mut [0; 1024]);
                let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
            }),
            Self::Untrusted => {
                let config = Arc::new(self_signed());
                listen(move |mut stream| {
                    let mut tls = ServerConnection::new(Arc::clone(&config)).unwrap();
                    // The client closes the connection when it sees the certificate.
                    let _ = Stream::new(&mut tls, &mut stream).read(&mut [0; 1]);
                })
            }
        }
    }
}

/// Serves one connection after the other, until the tests end.
fn listen(serve: impl Fn(TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().flatten().for_each(serve));
    format!("https://{address}")
}

fn self_signed() -> ServerConfig {
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = own.signing_key.serialize_der().try_into().unwrap();
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap()
}
