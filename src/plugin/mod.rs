//! Being a go-plugin: what Terraform and OpenTofu expect of a provider's process, whatever the
//! provider does.
//!
//! - `arguments`: the command line, and the words for those who run the plugin by hand.
//! - `environment`: what the CLI asks for through environment variables.
//! - `serve`: the order of all that follows.
//! - `listen`: the Unix socket or TCP port, and the connections on it.
//! - `tls`: mutual TLS, with a certificate of one process on each side.
//! - `services`: go-plugin's own gRPC services beside the provider's.
//! - `handshake`: the line on stdout that tells the CLI where to connect.
//! - `reattach`: what `--debug` prints instead.
//! - `process`: signals, the death of the parent, panics.
//! - `log`: hclog lines on stderr.
//! - `fuzz`: a way in for `crate::fuzz`.

mod arguments;
mod environment;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod handshake;
mod listen;
mod log;
mod process;
mod reattach;
mod serve;
mod services;
mod tls;

use std::{
    env,
    io::{self, Write as _},
    process::ExitCode,
};

use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

pub use self::listen::connection_of;
use self::{arguments::Command, process::panic_hook, serve::Mode};

/// The generated messages, services and clients of go-plugin's own protobuf package, `plugin`.
#[allow(missing_docs, unreachable_pub, clippy::pedantic)]
pub mod grpc {
    tonic::include_proto!("plugin");
}

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

/// Runs the whole process: reads arguments and environment, serves until it is told to end, and
/// says how the process ended.
///
/// `services` makes the provider's gRPC services, limits of message sizes included. It is called
/// once, inside the runtime, and only if there is something to serve. The token that it is given is
/// cancelled as soon as the process is told to end: what waits should then give up, since the process
/// lives on until the requests that are under way are answered.
#[must_use]
pub fn run(plugin: &Plugin, services: impl FnOnce(&CancellationToken) -> Routes) -> ExitCode {
    panic_hook::install();
    let mode = match Command::parse(env::args_os().skip(1)) {
        Ok(Command::Help) => return print(&arguments::help(plugin)),
        Ok(Command::Version) => return print(&arguments::version(plugin)),
        Ok(Command::Debug(address)) => Mode::Debug(address),
        Ok(Command::Serve) if environment::has_magic_cookie() => Mode::Managed,
        Ok(Command::Serve) => {
            complain(&arguments::not_run_by_hand(plugin));
            return ExitCode::FAILURE;
        }
        Err(error) => {
            complain(&format!("Error: {error}\n"));
            return ExitCode::from(2);
        }
    };
    match serve::serve(plugin, &mode, services) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!(
                "{}: {}: {error}\n",
                mode.error_prefix(),
                plugin.name
            ));
            ExitCode::FAILURE
        }
    }
}

/// Writes what the user asked for to stdout.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Writes to stderr. That stderr is closed is nothing that could be told anybody.
fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
