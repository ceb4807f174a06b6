//! Being a go-plugin: what Terraform and OpenTofu expect of a provider's process, whatever the
//! provider does.
//!
//! - `environment`: what the CLI asks for through environment variables.
//! - `listener`: the Unix socket or TCP port: `unix`, `tcp`.
//! - `tls`: mutual TLS with one-time certificates; `client_certificate` pins the CLI's.
//! - `incoming`: accepted connections, TLS done, as tonic takes them; `connections` counts them.
//! - `log`: hclog lines on stderr; `panic_hook`: panics in the form that the CLI shows.

mod client_certificate;
mod connections;
mod environment;
mod incoming;
mod listener;
mod log;
mod panic_hook;
mod tcp;
mod tls;
#[cfg(unix)]
mod unix;

/// What a provider tells about itself, so that everything else here can be the same for all.
#[derive(Debug, Clone, Copy)]
pub struct Plugin {
    /// The executable's name, `terraform-provider-NAME`.
    pub name: &'static str,
    /// The provider's version, without a leading `v`.
    pub version: &'static str,
    /// What the provider is for, in one sentence: the head of `--help`.
    pub about: &'static str,
    /// The provider's type, `NAME`. In upper case and with `_` for `-` it ends
    /// `TF_LOG_PROVIDER_NAME`, the variable that sets the level of its log alone.
    pub provider: &'static str,
    /// The provider's source addresses with their hosts: the CLIs differ in their default host, and
    /// `--debug` prints one line that serves both.
    pub addresses: &'static [&'static str],
    /// The major version of the provider protocol that the services speak.
    pub protocol_version: u32,
    /// The `tracing` targets that are the provider's own: they log at every level, all others
    /// only warnings and errors. Each also covers the modules below it.
    pub log_targets: &'static [&'static str],
    /// An encoded `FileDescriptorSet` of all services, for reflection in `--debug`.
    pub descriptors: &'static [u8],
}
