//! The provider's executable.

use std::process::ExitCode;

use onomondo_provider::{
    plugin::{self, Plugin},
    provider::{self, OnomondoProvider},
    server,
};

/// The description of this provider for Terraform, OpenTofu and readers of `--help`.
const PLUGIN: Plugin = Plugin {
    name: env!("CARGO_PKG_NAME"),
    version: env!("CARGO_PKG_VERSION"),
    about: env!("CARGO_PKG_DESCRIPTION"),
    documentation: concat!(env!("CARGO_PKG_REPOSITORY"), "/tree/main/docs"),
    environment: provider::ENVIRONMENT,
    provider: "onomondo",
    addresses: provider::ADDRESSES,
    protocol_version: 6,
    log_targets: &["onomondo_provider"],
    descriptors: tonic::include_file_descriptor_set!("descriptors"),
};

fn main() -> ExitCode {
    plugin::run(&PLUGIN, |stop| {
        server::routes(OnomondoProvider::default(), plugin::connection_of, stop)
    })
}
