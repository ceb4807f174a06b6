//! gRPC connections to a plugin.

use std::{io, sync::Arc};

use hyper_util::rt::TokioIo;
use onomondo_provider::plugin::grpc::{Empty, grpc_controller_client::GrpcControllerClient};
use rustls::{
    ClientConfig, RootCertStore, SupportedProtocolVersion,
    client::ResolvesClientCert,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, ServerName},
    sign::{CertifiedKey, SigningKey},
    version::{TLS12, TLS13},
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;
use tonic::{
    Status,
    transport::{Channel, Endpoint, Error},
};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use tower::service_fn;

use super::process::{Handshake, ServingPlugin};

/// A connection that carries bytes in both directions.
pub trait Socket: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Socket for T {}

/// The certificate that a client presents.
#[derive(Debug, Clone)]
pub struct Presented(Arc<CertifiedKey>);

/// Connects to the plugin's address without sending anything.
pub async fn socket(network: &str, address: &str) -> io::Result<Box<dyn Socket>> {
    match network {
        #[cfg(unix)]
        "unix" => Ok(Box::new(tokio::net::UnixStream::connect(address).await?)),
        "tcp" => Ok(Box::new(TcpStream::connect(address).await?)),
        other => panic!("no network `{other}`"),
    }
}

/// A channel without TLS.
pub async fn plaintext(network: &str, address: &str) -> Result<Channel, Error> {
    channel(network, address, None).await
}

/// A channel with TLS.
pub async fn tls(handshake: &Handshake, config: ClientConfig) -> Result<Channel, Error> {
    let connector = TlsConnector::from(Arc::new(config));
    channel(&handshake.network, &handshake.address, Some(connector)).await
}

async fn channel(
    network: &str,
    address: &str,
    tls: Option<TlsConnector>,
) -> Result<Channel, Error> {
    let (network, address) = (network.to_owned(), address.to_owned());
    let connect = move |_| {
        let (network, address, tls) = (network.clone(), address.clone(), tls.clone());
        async move {
            let socket = socket(&network, &address).await?;
            let Some(tls) = tls else {
                return Ok(TokioIo::new(socket));
            };
            let stream = tls
                .connect(ServerName::try_from("localhost").unwrap(), socket)
                .await?;
            assert_eq!(stream.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
            Ok::<_, io::Error>(TokioIo::new(Box::new(stream) as Box<dyn Socket>))
        }
    };
    Endpoint::from_static("http://localhost")
        .connect_with_connector(service_fn(connect))
        .await
}

/// A client configuration that verifies the server as Go does and presents the given certificate.
/// It trusts only the certificate in the handshake line.
pub fn client_config(
    handshake: &Handshake,
    presented: Option<Presented>,
    versions: &[&'static SupportedProtocolVersion],
) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    let server = handshake.certificate.clone();
    roots
        .add(server.expect("a certificate in the line"))
        .unwrap();
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots);
    let mut config = match presented {
        Some(presented) => builder.with_client_cert_resolver(Arc::new(presented)),
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    config
}

impl Presented {
    /// Presents a certificate with a key, which need not match.
    pub fn new(certificate: &CertificateDer<'static>, key: Arc<dyn SigningKey>) -> Self {
        Self(Arc::new(CertifiedKey::new(vec![certificate.clone()], key)))
    }

    /// Presents the certificate that the plugin expects.
    pub fn expected_by(plugin: &ServingPlugin) -> Self {
        let identity = plugin
            .plugin
            .identity
            .as_ref()
            .expect("a client certificate");
        let key = aws_lc_rs::sign::any_ecdsa_type(&identity.key()).unwrap();
        Self::new(&identity.certificate, key)
    }
}

/// Like Go: presents no certificate if the server cannot verify its signature.
impl ResolvesClientCert for Presented {
    fn resolve(
        &self,
        _issuers: &[&[u8]],
        schemes: &[rustls::SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        self.0.key.choose_scheme(schemes)?;
        Some(Arc::clone(&self.0))
    }

    fn has_certs(&self) -> bool {
        true
    }
}

impl ServingPlugin {
    /// Connects as the CLI does, with or without TLS.
    pub async fn connect(&self) -> Channel {
        let Handshake {
            network, address, ..
        } = &self.handshake;
        if self.plugin.identity.is_none() {
            return plaintext(network, address).await.unwrap();
        }
        let presented = Some(Presented::expected_by(self));
        let config = client_config(&self.handshake, presented, &[&TLS13, &TLS12]);
        tls(&self.handshake, config).await.unwrap()
    }
}

/// Tells the plugin to end, as a CLI does.
pub async fn shut_down(channel: &Channel) {
    let mut controller = GrpcControllerClient::new(channel.clone());
    controller.shutdown(Empty {}).await.unwrap();
}

/// Asks for the health of the plugin, as go-plugin's `Ping` does.
pub async fn ping(channel: &Channel) -> Result<(), Status> {
    let service = "plugin".to_owned();
    let answer = HealthClient::new(channel.clone())
        .check(HealthCheckRequest { service })
        .await?;
    assert_eq!(answer.into_inner().status(), ServingStatus::Serving);
    Ok(())
}
