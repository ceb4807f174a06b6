//! Which server certificates the provider trusts.

use std::fs;

use crate::{
    client::{assert_reached, assert_says, provider, provider_of},
    support::sandbox::Sandbox,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_ca_that_the_user_names_is_trusted() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    for host in ["localhost", "127.0.0.1"] {
        provider_of(&sandbox, host).reaches_the_api().await;
    }
}

/// `openssl req -x509` makes such a certificate, and curl accepts it.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_signed_for_itself_is_trusted_by_its_own_certificate() {
    let sandbox = Sandbox::start_with(&["--tls=self-signed"]);
    provider_of(&sandbox, "localhost").reaches_the_api().await;
    let directory = tempfile::tempdir().unwrap();
    fs::copy(sandbox.certificate(), directory.path().join("server.pem")).unwrap();
    provider(&sandbox.secure_address("localhost"))
        .set("SSL_CERT_DIR", directory.path())
        .reaches_the_api()
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untrusted_certificate_is_refused_once_and_the_error_says_what_to_do() {
    for kind in ["--tls", "--tls=self-signed"] {
        let sandbox = Sandbox::start_with(&[kind]);
        let said = provider(&sandbox.secure_address("localhost")).read().await;
        assert_says(&said, &["TLS failed", "SSL_CERT_FILE"]);
        assert!(sandbox.requests().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_variable_is_not_set() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    let start = provider(&sandbox.secure_address("localhost"));
    let start = start.set("SSL_CERT_FILE", "").set("SSL_CERT_DIR", "");
    let mut provider = start.start().await;
    assert_says(&provider.read().await, &["TLS failed"]);
    let log = provider.log();
    let of_the_machine = [r#""trust":"System""#, r#""trust":"Bundled""#];
    assert!(of_the_machine.iter().any(|it| log.contains(it)), "{log}");

    // Neither a directory nor an empty file holds certificates.
    let directory = tempfile::tempdir().unwrap();
    fs::copy(sandbox.certificate(), directory.path().join("ca.pem")).unwrap();
    let start = crate::client::provider(&sandbox.secure_address("localhost"));
    let start = start.set("SSL_CERT_FILE", "");
    let said = start.set("SSL_CERT_DIR", directory.path()).read().await;
    assert_reached(&said);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_file_is_an_error_that_names_it() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    for variable in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        let start = provider_of(&sandbox, "localhost").set(variable, "/nowhere/roots");
        let said = start.read().await;
        assert_says(&said, &[variable, "/nowhere/roots", "cannot be read"]);
    }
    assert!(sandbox.requests().is_empty());
}
