//! This provider: its block and what it registers.
//!
//! - `configuration`: the provider block, and the client made of it.

pub(crate) mod configuration;

/// What the provider is called in the registries of Terraform and OpenTofu.
pub const ADDRESSES: &[&str] = &[
    "registry.terraform.io/onomondo/onomondo",
    "registry.opentofu.org/onomondo/onomondo",
];
