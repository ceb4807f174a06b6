//! A connector as a configuration and as the sandbox stores it.

use serde_json::{Value, json};

use crate::support::sandbox::sha256;

const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/certificates");

/// The connector that a cell changes.
#[derive(Clone, Copy)]
pub(crate) struct Connector {
    pub(crate) name: &'static str,
    pub(crate) variant: Variant,
}

#[derive(Clone, Copy)]
pub(crate) enum Variant {
    Https,
    /// Has one option that the API returns and one that it never returns.
    Tls {
        port: u16,
        /// A PEM file of `tests/data/certificates`.
        key: &'static str,
    },
}

impl Connector {
    /// The configuration of `onomondo_connector.test`.
    pub(crate) fn config(self) -> String {
        let variant = match self.variant {
            Variant::Https => r#"https = { host = "https://ingest.example.com/messages" }"#.into(),
            Variant::Tls { port, key } => format!(
                r#"tls = {{
    host        = "ingest.example.com"
    port        = {port}
    server_name = "ingest.example.com"
    key         = file("{CERTIFICATES}/{key}")
  }}"#
            ),
        };
        let name = self.name;
        format!(
            "resource \"onomondo_connector\" \"test\" {{\n  name = \"{name}\"\n  {variant}\n}}\n"
        )
    }

    /// The body of its API request.
    pub(crate) fn body(self) -> Value {
        let (kind, mut options) = self.kind_and_options();
        if let Variant::Tls { key, .. } = self.variant {
            options["key"] = pem(key).into();
        }
        json!({ "name": self.name, "type": kind, "options": options })
    }

    /// Its form in the sandbox, without the times at which secrets were set.
    pub(crate) fn stored(self) -> Value {
        let (kind, options) = self.kind_and_options();
        let secrets = match self.variant {
            Variant::Https => json!({}),
            Variant::Tls { key, .. } => {
                json!({ "ca": null, "cert": null, "key": sha256(&pem(key)) })
            }
        };
        json!({
            "name": self.name, "type": kind, "passthrough": [], "tags": [], "options": options,
            "secrets": secrets,
        })
    }

    fn kind_and_options(self) -> (&'static str, Value) {
        match self.variant {
            Variant::Https => {
                let host = "https://ingest.example.com/messages";
                ("https", json!({ "host": host, "shouldReturnBody": false }))
            }
            Variant::Tls { port, .. } => {
                let host = "ingest.example.com";
                (
                    "tls",
                    json!({ "host": host, "port": port, "server_name": host }),
                )
            }
        }
    }
}

fn pem(file: &str) -> String {
    std::fs::read_to_string(format!("{CERTIFICATES}/{file}")).unwrap()
}
