//! The source of trust in a server's certificate: files on Linux and FreeBSD, the system on Windows
//! and macOS.

use std::net::{Ipv4Addr, TcpListener};

use onomondo_provider::protocol::tfplugin6::read_resource;

use crate::{
    client::{CONNECTOR, Provider, errors, https},
    support::plugin::process::Launch,
};

/// Windows and macOS verify certificates themselves.
const SYSTEM_VERIFIES: bool = cfg!(any(windows, target_vendor = "apple"));

#[tokio::test(flavor = "multi_thread")]
async fn a_variable_that_names_no_certificates_is_an_error_unless_the_system_verifies() {
    // This port was taken and closed, so nothing answers there.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    drop(listener);
    for variable in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        let launch = Launch::by_cli().set(variable, "/missing/certificates");
        let mut provider = Provider::started_by(launch).await;
        provider.configure(&address).await;
        let request = read_resource::Request {
            type_name: CONNECTOR.to_owned(),
            current_state: Some(https("fleet")),
            ..Default::default()
        };
        let answer = provider.rpc.read_resource(request).await.unwrap();
        let said = errors(&answer.into_inner().diagnostics);
        assert_eq!(
            said.contains("/missing/certificates"),
            !SYSTEM_VERIFIES,
            "{said}"
        );
        assert_eq!(said.contains(variable), !SYSTEM_VERIFIES, "{said}");
    }
}
