//! The command line, and the words for those who run the plugin by hand.
//!
//! The flags are matched by hand: an argument parser would be larger than everything else here.
//! Go's flags have one dash, hence both forms of each.

use std::ffi::OsString;

use super::{Plugin, log};

/// What the process was started for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// No argument: started by a CLI, or by somebody who does not know that it is a plugin.
    Serve,
    /// `--debug`: serve without a CLI around it, for the CLIs to attach to.
    Debug,
    /// `--help`.
    Help,
    /// `--version`.
    Version,
}

/// An argument that no command has.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown argument `{0}`; the arguments are `--debug`, `--help` and `--version`")]
pub(super) struct UnknownArgument(String);

impl Command {
    /// The command of these arguments, the program's name not among them. Of several commands,
    /// the first that only prints something wins.
    pub(super) fn parse(
        arguments: impl Iterator<Item = OsString>,
    ) -> Result<Self, UnknownArgument> {
        let mut command = Self::Serve;
        for argument in arguments {
            let this = match argument.to_str() {
                Some("--debug" | "-debug") => Self::Debug,
                Some("--help" | "-help" | "-h") => Self::Help,
                Some("--version" | "-version") => Self::Version,
                _ => return Err(UnknownArgument(argument.to_string_lossy().into_owned())),
            };
            if matches!(command, Self::Serve | Self::Debug) {
                command = this;
            }
        }
        Ok(command)
    }
}

/// What `--version` prints.
pub(super) fn version(plugin: &Plugin) -> String {
    format!("{} {}\n", plugin.name, plugin.version)
}

/// What `--help` prints.
pub(super) fn help(plugin: &Plugin) -> String {
    let Plugin {
        name,
        version,
        about,
        ..
    } = plugin;
    let log_variable = log::provider_variable(plugin.provider);
    format!(
        "\
{name} {version}
{about}

This is a plugin: Terraform and OpenTofu start it themselves. Name the provider in
`required_providers`, then run `terraform init` or `tofu init`.

Usage: {name} [--debug | --help | --version]

  --debug    serve until interrupted and print the TF_REATTACH_PROVIDERS line
             that attaches Terraform or OpenTofu to this process
  --help     print this text
  --version  print the version

Environment:

  TF_LOG, TF_LOG_PROVIDER, {log_variable}
             level of the log on stderr: TRACE, DEBUG, INFO, WARN, ERROR or OFF;
             the last that is set counts; without one nothing is logged
  PLUGIN_TRANSPORT
             `tcp` serves on 127.0.0.1 instead of a Unix socket
  RUST_BACKTRACE
             `1` adds a backtrace to a panic
"
    )
}

/// What somebody reads who starts the plugin by hand: that it is one, and what to run instead.
pub(super) fn not_run_by_hand(plugin: &Plugin) -> String {
    let name = plugin.name;
    format!(
        "\
`{name}` is a plugin for Terraform and OpenTofu, which start it themselves.
Run `terraform plan` or `tofu plan` where your configuration names the provider instead.
`{name} --debug` serves for a CLI to attach to; `{name} --help` says more.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, UnknownArgument> {
        Command::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn both_forms_of_a_flag_mean_the_same() {
        assert_eq!(parse(&[]), Ok(Command::Serve));
        assert_eq!(parse(&["--debug"]), Ok(Command::Debug));
        assert_eq!(parse(&["-debug"]), Ok(Command::Debug));
        assert_eq!(parse(&["-help"]), Ok(Command::Help));
        assert_eq!(parse(&["-version"]), Ok(Command::Version));
    }

    #[test]
    fn asking_for_help_beside_debug_prints_help() {
        assert_eq!(parse(&["--debug", "--help"]), Ok(Command::Help));
        assert_eq!(parse(&["--help", "--debug"]), Ok(Command::Help));
    }

    #[test]
    fn an_unknown_argument_is_an_error_wherever_it_stands() {
        assert_eq!(
            parse(&["--help", "serve"]),
            Err(UnknownArgument("serve".to_owned()))
        );
    }
}
