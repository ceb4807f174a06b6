//! The HTTP library, set up as this API needs it.

use std::time::Duration;

use reqwest::{Certificate, ClientBuilder, redirect};

use crate::onomondo::Config;

/// Connecting takes longer than this only where it never succeeds.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Whose root certificates a server's certificate is checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onomondo) enum Roots {
    /// No TLS is spoken: plain HTTP on loopback.
    None,
    /// The system's, or the ones that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
    System,
    /// The ones in this binary, where the system has none, as in an empty container.
    Bundled,
}

/// Makes the HTTP client. Costs milliseconds, since it reads the system's root certificates, so it
/// is done before the first request and not at start.
pub(in crate::onomondo) fn build(
    config: &Config,
) -> Result<(reqwest::Client, Roots), reqwest::Error> {
    if config.base_url.is_plain() {
        let client = builder(config)
            .tls_certs_only([])
            // A proxy would carry the key in plain text off this machine.
            .no_proxy()
            // Nor may name resolution decide where `localhost` is.
            .resolve_to_addrs(
                "localhost",
                &[
                    ([127, 0, 0, 1], 0).into(),
                    ([0, 0, 0, 0, 0, 0, 0, 1], 0).into(),
                ],
            )
            .build()?;
        return Ok((client, Roots::None));
    }
    let error = match builder(config).build() {
        Ok(client) => return Ok((client, Roots::System)),
        Err(error) => error,
    };
    tracing::debug!(%error, "no root certificates of the system, using the bundled ones");
    let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS
        .iter()
        .map(|certificate| Certificate::from_der(certificate))
        .collect::<Result<Vec<_>, _>>()?;
    let client = builder(config).tls_certs_only(bundled).build()?;
    Ok((client, Roots::Bundled))
}

fn builder(config: &Config) -> ClientBuilder {
    reqwest::Client::builder()
        .user_agent(&config.user_agent)
        // A followed 301 turns a POST into a GET, and the call would look successful.
        .redirect(redirect::Policy::none())
        // Half, so that a connection that cannot be made is never mistaken for a late answer.
        .connect_timeout(CONNECT_TIMEOUT.min(config.request_timeout / 2))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use base64::{Engine as _, prelude::BASE64_STANDARD as STANDARD};

    use super::*;
    use crate::onomondo::test_server::config;

    fn roots(base_url: &str) -> Roots {
        let mut config = config(base_url);
        config.request_timeout = Duration::from_secs(1);
        build(&config).unwrap().1
    }

    #[test]
    fn no_roots_are_loaded_where_no_tls_is_spoken() {
        assert_eq!(roots("http://127.0.0.1:1"), Roots::None);
    }

    /// Also run by the tests below in a process with another environment, which is how the
    /// environment is read by those who use this.
    #[test]
    fn a_client_is_made_with_the_roots_of_this_environment() {
        println!("roots: {:?}", roots("https://api.onomondo.com"));
    }

    fn roots_with(file: &str, directory: &str) -> String {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg("onomondo::transport::http_client::tests::a_client_is_made_with_the_roots_of_this_environment")
            .env("SSL_CERT_FILE", file)
            .env("SSL_CERT_DIR", directory)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    #[test]
    fn bundled_roots_stand_in_where_the_system_has_none() {
        let nothing = tempfile::tempdir().unwrap();
        let file = nothing.path().join("none.pem");
        let shown = roots_with(file.to_str().unwrap(), nothing.path().to_str().unwrap());
        assert!(shown.contains("roots: Bundled"), "{shown}");
    }

    #[test]
    fn the_file_that_ssl_cert_file_names_is_trusted() {
        let directory = tempfile::tempdir().unwrap();
        let empty = directory.path().join("empty");
        std::fs::create_dir(&empty).unwrap();
        let file = directory.path().join("roots.pem");
        let root = rcgen::generate_simple_self_signed(["root.example".to_owned()]).unwrap();
        let body = STANDARD.encode(root.cert.der());
        let pem = format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n");
        std::fs::write(&file, pem).unwrap();
        let shown = roots_with(file.to_str().unwrap(), empty.to_str().unwrap());
        assert!(shown.contains("roots: System"), "{shown}");
    }
}
