//! Mutual TLS: the plugin serves only the CLI that started it.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use rustls::{
    ClientConfig,
    crypto::aws_lc_rs::sign::any_ecdsa_type,
    pki_types::ServerName,
    version::{TLS12, TLS13},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    time::timeout,
};
use tokio_rustls::TlsConnector;

use crate::support::plugin::{
    DEADLINE,
    certificate::{ClientIdentity, VALIDITY},
    channel::{Presented, Socket, client_config, ping, socket, tls},
    process::{Handshake, Launch, ServingPlugin},
};

/// The start of HTTP/2, and so of every call: the preface and empty settings.
const HTTP2: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// The type of the frame with which an HTTP/2 server answers. It follows three bytes of length.
const SETTINGS: u8 = 4;

/// The type of the TLS record that reports an error or the end of the connection.
const ALERT: u8 = 21;

/// Starts a plugin that logs refused clients. It listens where every user of the machine can
/// connect.
fn start() -> ServingPlugin {
    Launch::by_cli()
        .set("PLUGIN_TRANSPORT", "tcp")
        .set("TF_LOG", "WARN")
        .handshake()
}

/// The answer to a client that speaks HTTP/2 at once, whether or not the server accepts it.
async fn answer(mut socket: impl Socket) -> Vec<u8> {
    let mut bytes = vec![0; 64];
    // This fails if the server has already refused the client.
    let _ = socket.write_all(HTTP2).await;
    let read = timeout(DEADLINE, socket.read(&mut bytes)).await;
    let length = read.expect("an answer or an end").unwrap_or(0);
    bytes.truncate(length);
    bytes
}

/// The same over TLS. Empty if the TLS handshake fails.
async fn answer_over_tls(handshake: &Handshake, config: ClientConfig) -> Vec<u8> {
    let raw = socket(&handshake.network, &handshake.address);
    let name = ServerName::try_from("localhost").unwrap();
    let connected = TlsConnector::from(Arc::new(config)).connect(name, raw.await.unwrap());
    match connected.await {
        Ok(stream) => answer(stream).await,
        Err(_) => Vec::new(),
    }
}

/// Asserts that the server refuses a client with either version of TLS, because of `reason` and
/// before it sends one byte of HTTP/2. Then asserts that it still serves the CLI.
async fn assert_refused(mut serving: ServingPlugin, presented: Option<Presented>, reason: &str) {
    for version in [&TLS12, &TLS13] {
        let config = client_config(&serving.handshake, presented.clone(), &[version]);
        let heard = answer_over_tls(&serving.handshake, config).await;
        assert!(heard.is_empty(), "{heard:?}");
    }
    ping(&serving.connect().await).await.unwrap();
    let stderr = serving.plugin.kill();
    assert_eq!(stderr.lines().count(), 2, "{stderr}");
    assert!(stderr.lines().all(|line| line.contains(reason)), "{stderr}");
}

/// This is the answer that a refused client must not get in the tests below.
#[tokio::test]
async fn the_cli_gets_http2_with_either_version_of_tls() {
    for version in [&TLS12, &TLS13] {
        let serving = start();
        let presented = Some(Presented::expected_by(&serving));
        let config = client_config(&serving.handshake, presented, &[version]);
        let answer = answer_over_tls(&serving.handshake, config).await;
        assert_eq!(answer.get(3), Some(&SETTINGS), "{answer:?}");
    }
}

#[tokio::test]
async fn the_cli_is_served_with_either_version_of_tls() {
    for version in [&TLS12, &TLS13] {
        let serving = start();
        let presented = Some(Presented::expected_by(&serving));
        let config = client_config(&serving.handshake, presented, &[version]);
        let channel = tls(&serving.handshake, config).await.unwrap();
        ping(&channel).await.unwrap();
    }
}

#[tokio::test]
async fn a_certificate_just_like_the_clis_is_refused() {
    let other = ClientIdentity::as_go_makes_it();
    let key = any_ecdsa_type(&other.key()).unwrap();
    let presented = Presented::new(&other.certificate, key);
    assert_refused(start(), Some(presented), "ApplicationVerificationFailure").await;
}

#[tokio::test]
async fn the_clis_certificate_without_its_key_is_refused() {
    let serving = start();
    let other = ClientIdentity::as_go_makes_it();
    let key = any_ecdsa_type(&other.key()).unwrap();
    let expected = serving.plugin.identity.as_ref().unwrap();
    let presented = Presented::new(&expected.certificate, key);
    assert_refused(serving, Some(presented), "BadSignature").await;
}

#[tokio::test]
async fn the_clis_certificate_is_refused_outside_its_validity() {
    let now = SystemTime::now();
    let minute = Duration::from_mins(1);
    for (begin, reason) in [
        (now - VALIDITY - minute, "Expired"),
        (now + minute, "NotValidYet"),
    ] {
        let launch = Launch::by_hand().with_identity(ClientIdentity::valid_from(begin));
        let launch = launch.set("PLUGIN_TRANSPORT", "tcp").set("TF_LOG", "WARN");
        let mut serving = launch.handshake();
        // The last round gives the previous log line time to be written.
        for version in [&TLS12, &TLS13, &TLS13] {
            let presented = Some(Presented::expected_by(&serving));
            let config = client_config(&serving.handshake, presented, &[version]);
            let heard = answer_over_tls(&serving.handshake, config).await;
            assert!(heard.is_empty(), "{heard:?}");
        }
        let stderr = serving.plugin.kill();
        assert!(stderr.matches(reason).count() >= 2, "{stderr}");
    }
}

#[tokio::test]
async fn a_client_without_a_certificate_is_refused() {
    assert_refused(start(), None, "peer sent no certificates").await;
}

#[tokio::test]
async fn a_client_without_tls_is_refused() {
    let serving = start();
    let (network, address) = (&serving.handshake.network, &serving.handshake.address);
    let answer = answer(socket(network, address).await.unwrap()).await;
    assert!([None, Some(&ALERT)].contains(&answer.first()), "{answer:?}");
    ping(&serving.connect().await).await.unwrap();
}

#[test]
fn a_certificate_that_cannot_be_read_ends_the_plugin_instead_of_tls() {
    let cut = ClientIdentity::as_go_makes_it().pem().replace("END", "EN");
    for garbage in ["garbage", cut.as_str()] {
        let output = Launch::by_cli().set("PLUGIN_CLIENT_CERT", garbage).output();
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let stderr = String::from_utf8(output.stderr).unwrap();
        // The CLI shows a message in this form to the user.
        let start = "fatal error: terraform-provider-onomondo: `PLUGIN_CLIENT_CERT` ";
        assert!(stderr.starts_with(start), "{stderr}");
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

#[tokio::test]
async fn without_a_client_certificate_there_is_no_tls() {
    for launch in [
        Launch::by_cli().without_tls(),
        Launch::by_cli().without_tls().set("PLUGIN_CLIENT_CERT", ""),
    ] {
        let serving = launch.handshake();
        assert_eq!(serving.handshake.fields[5], "");
        ping(&serving.connect().await).await.unwrap();
    }
}
