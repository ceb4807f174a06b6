//! The scenarios by topic. Each takes the CLI to run on. `suite` lists them.

pub(crate) mod account_list;
pub(crate) mod adopt;
pub(crate) mod adoption;
pub(crate) mod api_error;
pub(crate) mod canary;
pub(crate) mod change;
pub(crate) mod data_sources;
pub(crate) mod debugging;
pub(crate) mod deletion;
pub(crate) mod demo;
pub(crate) mod environment;
pub(crate) mod examples;
pub(crate) mod freed_name;
pub(crate) mod identity;
pub(crate) mod import;
pub(crate) mod installation;
pub(crate) mod interruption;
pub(crate) mod invalid;
pub(crate) mod lifecycle;
pub(crate) mod load;
pub(crate) mod lost_answer;
pub(crate) mod moved;
pub(crate) mod network;
pub(crate) mod objects;
pub(crate) mod old_cli;
pub(crate) mod older_state;
pub(crate) mod outside;
pub(crate) mod partial;
pub(crate) mod query;
pub(crate) mod rename;
pub(crate) mod secret_drift;
pub(crate) mod secret_not_taken;
pub(crate) mod sim_data;
pub(crate) mod sim_failures;
pub(crate) mod sim_leftovers;
pub(crate) mod sim_load;
pub(crate) mod sim_mappings;
pub(crate) mod sim_renames;
pub(crate) mod sim_sharing;
pub(crate) mod state_commands;
pub(crate) mod tags;
pub(crate) mod taken_name;
pub(crate) mod terraform_test;
pub(crate) mod time_limit;
pub(crate) mod unknown;
pub(crate) mod unreachable;
pub(crate) mod write_only;
pub(crate) mod write_only_version;

/// The directory of the test certificates.
const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/certificates");

/// The address of the connector in most scenarios.
const TEST: &str = "onomondo_connector.test";

/// The address of the SIMs in most scenarios.
const SIMS: &str = "onomondo_connector_sims.test";

/// A connector with only the attributes that its type requires.
const HTTPS: &str = r#"
resource "onomondo_connector" "test" {
  name = "fleet"

  https = {
    host = "https://ingest.example.com/messages"
  }
}
"#;

/// The PEM files in that directory.
const PEM_FILES: [&str; 6] = [
    "ca.pem",
    "client.pem",
    "client-key.pem",
    "other-ca.pem",
    "other-client.pem",
    "other-client-key.pem",
];

/// A resource of this name that maps SIMs to `onomondo_connector.test`.
fn sims(name: &str, ids: &[&str]) -> String {
    format!(
        r#"
resource "onomondo_connector_sims" "{name}" {{
  connector = onomondo_connector.test.name
  sim_ids   = {ids:?}
}}
"#
    )
}

/// The text of one certificate file.
fn certificate(file: &str) -> String {
    std::fs::read_to_string(format!("{CERTIFICATES}/{file}")).unwrap()
}

/// A `tls` connector with these lines inside its variant.
fn tls(secrets: &str) -> String {
    format!(
        r#"
resource "onomondo_connector" "test" {{
  name = "fleet"

  tls = {{
    host        = "ingest.example.com"
    port        = 8883
    server_name = "ingest.example.com"
    {secrets}
  }}
}}
"#
    )
}

/// An Azure connector with these lines inside its variant.
fn azure(secrets: &str) -> String {
    format!(
        r#"
resource "onomondo_connector" "test" {{
  name = "fleet"

  microsoft_azure_iot = {{
    {secrets}
  }}
}}
"#
    )
}
