//! The handshake's environment, for the promises in [`crate::fuzz`].

#![allow(
    clippy::missing_panics_doc,
    reason = "this function panics if a promise is broken"
)]

use std::ffi::OsString;

use super::{environment::Environment, tls::MutualTls};

/// The variables, in the order of their values in an input.
const VARIABLES: [&str; 7] = [
    "PLUGIN_CLIENT_CERT",
    "PLUGIN_TRANSPORT",
    "PLUGIN_MIN_PORT",
    "PLUGIN_MAX_PORT",
    "PLUGIN_UNIX_SOCKET_DIR",
    "TMPDIR",
    "PLUGIN_MULTIPLEX_GRPC",
];

/// Reads variables from values separated by zero bytes. Accepted ports form a valid range, and an
/// accepted certificate makes a working TLS server.
pub fn environment(bytes: &[u8]) {
    let values: Vec<_> = bytes
        .split(|byte| *byte == 0)
        .map(|value| OsString::from(String::from_utf8_lossy(value).into_owned()))
        .collect();
    let lookup = |variable: &str| {
        let position = VARIABLES.iter().position(|name| *name == variable)?;
        values.get(position).cloned()
    };
    match Environment::read(lookup) {
        Ok(environment) => {
            assert!(environment.ports.first <= environment.ports.last);
            if let Some(certificate) = environment.client_certificate {
                let tls = MutualTls::new(certificate);
                assert!(tls.is_ok(), "{:?}", tls.err());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
