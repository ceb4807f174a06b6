//! The scenarios, by what they are about. Each takes the CLI it runs on; `main.rs` says which run.

pub(crate) mod change;
pub(crate) mod identity;
pub(crate) mod import;
pub(crate) mod invalid;
pub(crate) mod lifecycle;
pub(crate) mod outside;
pub(crate) mod taken_name;
pub(crate) mod unknown;

/// Where the certificates made for the tests lie.
const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/certificates");

/// Address of the connector that most scenarios are about.
const TEST: &str = "onomondo_connector.test";

/// A connector with nothing but what its type needs.
const HTTPS: &str = r#"
resource "onomondo_connector" "test" {
  name = "fleet"

  https = {
    host = "https://ingest.example.com/messages"
  }
}
"#;
