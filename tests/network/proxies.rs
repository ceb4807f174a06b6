//! Proxies that environment variables name.

use crate::{
    client::{HOST, Start, assert_reached, assert_says, provider_of},
    namespace::{alone, write},
    support::{
        proxy::{Kind, Proxy},
        sandbox::Sandbox,
    },
};

const CREDENTIALS: (&str, &str) = ("fleet", "p@ss:word");

/// `api.onomondo.test:PORT`, which only a proxy can reach.
fn target(sandbox: &Sandbox) -> String {
    let address = sandbox.secure_address(HOST);
    address.trim_start_matches("https://").to_owned()
}

/// A provider for the host that only a proxy can reach.
fn behind(sandbox: &Sandbox, proxy: &str) -> Start {
    provider_of(sandbox, HOST).set("HTTPS_PROXY", proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_leads_to_the_api() {
    for (kind, scheme, credentials) in [
        (Kind::Http(None), "http://", ""),
        (Kind::Http(None), "", ""),
        (Kind::Http(Some(CREDENTIALS)), "http://", "fleet:p@ss:word@"),
        (Kind::Http(Some(CREDENTIALS)), "", "fleet:p%40ss%3Aword@"),
        (Kind::Socks5(None), "socks5://", ""),
        (Kind::Socks5(None), "socks5h://", ""),
        (
            Kind::Socks5(Some(CREDENTIALS)),
            "socks5://",
            "fleet:p@ss:word@",
        ),
    ] {
        let sandbox = Sandbox::start_with(&["--tls"]);
        let proxy = Proxy::start(kind);
        let url = format!("{scheme}{credentials}{}", proxy.address());
        let mut provider = behind(&sandbox, &url).start().await;
        assert_reached(&provider.read().await);
        assert_eq!(provider.create("fleet").await, "", "{url}");
        assert_eq!(sandbox.state().names(), ["fleet"]);
        // The proxy resolves the name.
        let mut asked = proxy.asked();
        asked.dedup();
        assert_eq!(asked, [target(&sandbox)], "{url}");
        let log = provider.log();
        assert_says(&log, &[&proxy.address()]);
        assert!(!log.contains("p@ss") && !log.contains("p%40ss"), "{log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_credentials_are_reported_and_tried_once() {
    let (http, socks) = (
        Kind::Http(Some(CREDENTIALS)),
        Kind::Socks5(Some(CREDENTIALS)),
    );
    for (kind, scheme, credentials, reason) in [
        (http, "http", "", "407"),
        (http, "http", "fleet:hush@", "407"),
        (socks, "socks5", "", "an authentication method other than"),
        (
            socks,
            "socks5",
            "fleet:hush@",
            "does not accept the user name",
        ),
    ] {
        let sandbox = Sandbox::start_with(&["--tls"]);
        let proxy = Proxy::start(kind);
        let url = format!("{scheme}://{credentials}{}", proxy.address());
        let said = behind(&sandbox, &url).read().await;
        let named = format!("the proxy `{}` from `HTTPS_PROXY`", proxy.address());
        assert_says(&said, &[&named, reason]);
        assert!(!said.contains("hush"), "{said}");
        assert!(proxy.asked().len() <= 1, "{:?}", proxy.asked());
        assert!(sandbox.requests().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_refuses_or_hangs_is_named() {
    for (kind, scheme, timeout, reason) in [
        (Kind::Refuses(403), "http", "30s", "refused to connect"),
        (Kind::Refuses(502), "http", "30s", "refused to connect"),
        (Kind::Hangs, "http", "3s", "no connection within 1s"),
        (Kind::Hangs, "socks5", "3s", "no connection within 1s"),
    ] {
        let sandbox = Sandbox::start_with(&["--tls"]);
        let proxy = Proxy::start(kind);
        let start = behind(&sandbox, &format!("{scheme}://{}", proxy.address()));
        let start = start.with("request_timeout", timeout);
        let said = start.with("max_retries", 0).read().await;
        assert_says(&said, &[reason, &proxy.address(), "HTTPS_PROXY"]);
        assert!(sandbox.requests().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_not_there_is_named() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    // Nothing listens on this port: programs do not use it.
    let start = behind(&sandbox, "http://127.0.0.1:1").with("max_retries", 0);
    assert_says(&start.read().await, &["`127.0.0.1:1`", "HTTPS_PROXY"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_proxy_is_used_for_loopback() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    let proxy = Proxy::start(Kind::Http(None));
    for host in ["localhost", "127.0.0.1"] {
        let start = provider_of(&sandbox, host).set("HTTPS_PROXY", proxy.address());
        start.reaches_the_api().await;
    }
    assert!(proxy.asked().is_empty());
}

#[test]
fn exceptions_are_reached_directly() {
    alone("proxies::exceptions_are_reached_directly", || async {
        write("hosts", &format!("127.0.0.1 {HOST}\n"));
        let sandbox = Sandbox::start_with(&["--tls"]);
        let (with_port, other_port) = (target(&sandbox), format!("{HOST}:1"));
        for (exceptions, is_direct) in [
            (HOST, true),
            (with_port.as_str(), true),
            ("example.com, .onomondo.test", true),
            ("*", true),
            (other_port.as_str(), false),
            ("example.com", false),
        ] {
            let proxy = Proxy::start(Kind::Http(None));
            let start = behind(&sandbox, &proxy.address()).set("NO_PROXY", exceptions);
            start.reaches_the_api().await;
            assert_eq!(proxy.asked().is_empty(), is_direct, "{exceptions}");
        }
    });
}

/// Go's `net/http` ignores them too, and so does the CLI.
#[tokio::test(flavor = "multi_thread")]
async fn all_proxy_and_http_proxy_are_ignored() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    let (proxy, other) = (
        Proxy::start(Kind::Http(None)),
        Proxy::start(Kind::Socks5(None)),
    );
    let start = behind(&sandbox, &proxy.address());
    let start = start.set("ALL_PROXY", format!("socks5h://{}", other.address()));
    let start = start.set("HTTP_PROXY", other.address());
    start.reaches_the_api().await;
    assert_eq!(proxy.asked(), [target(&sandbox)]);
    assert!(other.asked().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_names_no_proxy_is_an_error_that_names_the_variable() {
    let sandbox = Sandbox::start_with(&["--tls"]);
    for value in [
        "http://pro xy:3128",
        "ftp://proxy",
        "http://u:p/hush@proxy:3128",
    ] {
        let said = behind(&sandbox, value).read().await;
        assert_says(&said, &["`HTTPS_PROXY` does not name a proxy"]);
        assert!(!said.contains("hush"), "{said}");
    }
    // Requests to loopback do not use the variable, so its value is not checked.
    let start = provider_of(&sandbox, "localhost").set("HTTPS_PROXY", "ftp://proxy");
    start.reaches_the_api().await;
}
