//! Settings in environment variables.

use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

use onomondo_provider::protocol::tfplugin6::DynamicValue;

use crate::{client::Provider, support::plugin::process::Launch};

/// A variable that counted as not set would send the API key to the default address.
#[tokio::test(flavor = "multi_thread")]
async fn a_variable_that_is_not_utf_8_is_an_error_that_names_it() {
    for variable in ["ONOMONDO_API_KEY", "ONOMONDO_BASE_URL"] {
        let launch = Launch::by_cli()
            .set("ONOMONDO_API_KEY", "key")
            .set(variable, OsStr::from_bytes(b"\xff"));
        let mut provider = Provider::started_by(launch).await;
        let empty = DynamicValue {
            json: b"{}".to_vec(),
            ..Default::default()
        };
        let said = provider.configure_with(empty).await;
        assert!(said.contains(variable), "{said}");
        assert!(said.contains("not valid UTF-8"), "{said}");
    }
}
