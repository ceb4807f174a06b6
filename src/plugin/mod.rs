//! The process as a go-plugin: everything that Terraform and OpenTofu expect of any provider's
//! process.
//!
//! - `arguments`: the command line, and the messages for people who run the plugin by hand.
//! - `environment`: the settings that the CLI passes in environment variables.
//! - `serve`: runs all parts in order.
//! - `listen`: the Unix socket or TCP port, and the connections on it.
//! - `tls`: mutual TLS, with a one-time certificate on each side.
//! - `services`: go-plugin's own gRPC services beside the provider's.
//! - `handshake`: the line on stdout that tells the CLI where to connect.
//! - `reattach`: the text that `--debug` prints instead.
//! - `process`: signals, the end of the parent, panics.
//! - `log`: hclog lines on stderr.
//! - `fuzz`: the entry point for `crate::fuzz`.

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

/// The description of a provider. The rest of this module is the same for all providers.
#[derive(Debug, Clone, Copy)]
pub struct Plugin {
    /// The executable's name, `terraform-provider-NAME`.
    pub name: &'static str,
    /// The provider's version, without a leading `v`.
    pub version: &'static str,
    /// The purpose of the provider in one sentence: the first line of `--help`.
    pub about: &'static str,
    /// The URL of the provider's documentation, for `--help`.
    pub documentation: &'static str,
    /// The provider's own environment variables, each with a short description, for `--help`.
    pub environment: &'static [(&'static str, &'static str)],
    /// The provider's type, `NAME`. In upper case, with `_` for `-`, it ends the variable
    /// `TF_LOG_PROVIDER_NAME`, which sets the log level of this provider alone.
    pub provider: &'static str,
    /// The provider's source addresses with their hosts. The CLIs have different default hosts, and
    /// one line of `--debug` serves both.
    pub addresses: &'static [&'static str],
    /// The major version of the provider protocol that the services speak.
    pub protocol_version: u32,
    /// The provider's own `tracing` targets, which log at every level. All others log only warnings
    /// and errors. Each target also covers the modules below it.
    pub log_targets: &'static [&'static str],
    /// An encoded `FileDescriptorSet` of all services, for reflection in `--debug`.
    pub descriptors: &'static [u8],
}

/// Runs the whole process: reads arguments and environment, then serves until it is told to end.
/// Returns the exit code.
///
/// `services` makes the provider's gRPC services, with their message size limits. `run` calls it
/// once, inside the runtime, and only to serve. The token that it receives is cancelled when the
/// process is told to end. Waits should then give up, since the process lives until it has answered
/// the requests under way.
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

/// Writes the requested text to stdout.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Writes to stderr. If stderr is closed, there is no one left to tell.
fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}
