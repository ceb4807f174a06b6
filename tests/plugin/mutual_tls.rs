//! Mutual TLS: the plugin serves the CLI that started it and nobody else.

use rustls::{
    crypto::aws_lc_rs::sign::any_ecdsa_type,
    version::{TLS12, TLS13},
};

use crate::support::plugin::{
    certificate::ClientIdentity,
    channel::{Presented, client_config, ping, plaintext, tls},
    process::{Launch, ServingPlugin},
};

/// Starts a plugin that tells whom it did not admit.
fn start() -> ServingPlugin {
    Launch::by_cli().set("TF_LOG", "WARN").handshake()
}

/// Asserts that a client is sent away, with either version of TLS and because of `reason`, and that
/// the CLI is served after it.
async fn assert_refused(mut serving: ServingPlugin, presented: Option<Presented>, reason: &str) {
    for version in [&TLS12, &TLS13] {
        let config = client_config(&serving.handshake, presented.clone(), &[version]);
        // With TLS 1.3 a client hears of the refusal only when it reads.
        if let Ok(channel) = tls(&serving.handshake, config).await {
            ping(&channel).await.unwrap_err();
        }
    }
    ping(&serving.connect().await).await.unwrap();
    let stderr = serving.plugin.kill();
    // A channel that failed may have tried again.
    assert!(stderr.matches(reason).count() >= 2, "{stderr}");
    assert!(stderr.lines().all(|line| line.contains(reason)), "{stderr}");
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
async fn a_client_without_a_certificate_is_refused() {
    assert_refused(start(), None, "peer sent no certificates").await;
}

#[tokio::test]
async fn a_client_without_tls_is_refused() {
    let serving = start();
    let (network, address) = (&serving.handshake.network, &serving.handshake.address);
    if let Ok(channel) = plaintext(network, address).await {
        ping(&channel).await.unwrap_err();
    }
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
        // The form in which the CLI shows it to the user.
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
