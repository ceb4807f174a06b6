//! HTTPS in other networks: with a private CA, and through a proxy.

use super::{HTTPS, TEST};
use crate::cli::Cli;
use crate::scenario::Scenario;
use crate::support::proxy::{Kind, Proxy};

/// A scenario whose API has this host, over HTTPS.
fn secure(cli: Cli, host: &str) -> Scenario {
    let mut scenario = Scenario::start_with(cli, &["--tls"]);
    let address = scenario.sandbox.secure_address(host);
    scenario
        .workspace
        .set_environment("ONOMONDO_BASE_URL", &address);
    scenario
}

/// Sets `SSL_CERT_FILE` to the API's CA.
fn trust(scenario: &mut Scenario) {
    let certificate = scenario.sandbox.certificate().to_owned();
    let certificate = certificate.to_str().unwrap();
    scenario
        .workspace
        .set_environment("SSL_CERT_FILE", certificate);
}

/// A connector's whole life cycle, with every request over HTTP/2.
pub(crate) fn over_http2(cli: Cli) {
    let mut scenario = secure(cli, "localhost");
    trust(&mut scenario);
    scenario.configure(HTTPS);
    scenario.apply();
    scenario.expect_no_changes();
    scenario.edit("/messages", "/other");
    scenario.apply_in_place(&["https.host"]);
    scenario.edit("\"fleet\"", "\"fleet-2\"");
    scenario.apply_in_place(&["name"]);
    scenario.workspace.remove("terraform.tfstate");
    scenario.run(&["import", TEST, "fleet-2"]).succeeded();
    let requests = scenario.sandbox.requests();
    assert!(!requests.is_empty());
    for request in requests.all() {
        assert_eq!(request.version, "HTTP/2.0");
    }
    scenario.finish();
}

/// Only the proxy can resolve the name. The password contains an `@`.
pub(crate) fn through_a_proxy(cli: Cli) {
    let proxy = Proxy::start(Kind::Http(Some(("fleet", "p@ssage"))));
    let mut scenario = secure(cli, "api.onomondo.test");
    trust(&mut scenario);
    let address = proxy.address();
    scenario
        .workspace
        .set_environment("HTTPS_PROXY", &format!("http://fleet:wrong@{address}"));
    scenario.configure(HTTPS);
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says(&format!("the proxy `{address}` from `HTTPS_PROXY`"))
        .says("status 407")
        .says_nothing_of("wrong");
    assert!(scenario.sandbox.requests().is_empty());

    scenario
        .workspace
        .set_environment("HTTPS_PROXY", &format!("http://fleet:p@ssage@{address}"));
    scenario
        .workspace
        .set_environment("TF_LOG_PROVIDER", "TRACE");
    scenario.apply().says_nothing_of("p@ssage");
    assert_eq!(scenario.sandbox.state().names(), ["fleet"]);
    let target = scenario.sandbox.secure_address("api.onomondo.test");
    let target = target.trim_start_matches("https://");
    assert!(proxy.asked().iter().all(|asked| asked == target));
    scenario.finish();
}

/// Nothing is sent to an API with an untrusted certificate. The error says how to trust it.
pub(crate) fn with_an_unknown_ca(cli: Cli) {
    let mut scenario = secure(cli, "localhost");
    scenario.configure(HTTPS);
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("TLS failed")
        .says("set `SSL_CERT_FILE` to a file that contains the CA certificate");
    scenario
        .workspace
        .set_environment("SSL_CERT_FILE", "/nowhere/ca.pem");
    scenario
        .run(&["apply", "-auto-approve"])
        .failed()
        .says("the environment variable `SSL_CERT_FILE` names `/nowhere/ca.pem`");
    assert!(scenario.sandbox.requests().is_empty());

    trust(&mut scenario);
    scenario.apply();
    scenario.finish();
}
