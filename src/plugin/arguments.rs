//! The command line, and the messages for people who run the plugin by hand.
//!
//! The flags are parsed by hand: an argument parser would be larger than everything else here. Go's
//! flags have one dash, so each flag works with one dash or two.

use std::ffi::OsString;

use super::{Plugin, log};

/// The command to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    /// No argument: started by a CLI, or by someone who does not know that this is a plugin.
    Serve,
    /// `--debug`: serve without a CLI, and let CLIs attach. `--debug=HOST` or
    /// `--debug=HOST/NAMESPACE/TYPE` serves under that address only.
    Debug(Option<String>),
    /// `--help`.
    Help,
    /// `--version`.
    Version,
}

/// The error for an argument that no command accepts.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadArgument {
    #[error(
        "unknown argument `{0}`; the arguments are `--debug`, `--debug=HOST`, `--help`, and \
         `--version`"
    )]
    Unknown(String),
    #[error(
        "`{0}` is not the address of a provider; `--debug=` takes the host name of a registry, or \
         a complete address: `HOST/NAMESPACE/TYPE`"
    )]
    Address(String),
}

impl Command {
    /// Parses the arguments, which do not include the program's name. If there are several
    /// commands, the first one that only prints something wins.
    pub(super) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Self, BadArgument> {
        let mut command = Self::Serve;
        for argument in arguments {
            let argument = argument.to_string_lossy();
            let flag = argument
                .strip_prefix("--")
                .or_else(|| argument.strip_prefix('-'));
            let this = match flag.map(|flag| (flag, flag.strip_prefix("debug="))) {
                // Go allows `true` as the value of a flag.
                Some(("debug", _) | (_, Some("true"))) => Self::Debug(None),
                Some((_, Some(address))) if is_address(address) => {
                    Self::Debug(Some(address.to_owned()))
                }
                Some((_, Some(address))) => return Err(BadArgument::Address(address.to_owned())),
                Some(("help" | "h", _)) => Self::Help,
                Some(("version", _)) => Self::Version,
                _ => return Err(BadArgument::Unknown(argument.into_owned())),
            };
            if matches!(command, Self::Serve | Self::Debug(_)) {
                command = this;
            }
        }
        Ok(command)
    }
}

/// Whether a text is a host name or the full address of a provider.
fn is_address(text: &str) -> bool {
    let parts: Vec<_> = text.split('/').collect();
    let is_part = |part: &&str| {
        let is_of_it = |c: char| c.is_alphanumeric() || "-_.:".contains(c);
        !part.is_empty() && part.chars().all(is_of_it)
    };
    matches!(parts.len(), 1 | 3) && parts.iter().all(is_part)
}

/// The output of `--version`.
pub(super) fn version(plugin: &Plugin) -> String {
    format!("{} {}\n", plugin.name, plugin.version)
}

/// The output of `--help`.
pub(super) fn help(plugin: &Plugin) -> String {
    let Plugin {
        name,
        version,
        about,
        documentation,
        ..
    } = plugin;
    let own_variables = plugin.environment.iter();
    let own_variables: Vec<_> = own_variables
        .map(|(name, description)| format!("  {name}\n             {description}\n"))
        .collect();
    let own_variables = own_variables.concat();
    let log_variable = log::provider_variable(plugin.provider);
    format!(
        "\
{name} {version}
{about}

This program is a plugin that Terraform and OpenTofu start themselves. To use it, add
the provider to `required_providers` and run `terraform init` or `tofu init`.
Documentation: {documentation}

Usage: {name} [--debug[=HOST] | --help | --version]

  --debug    run until interrupted, and print the TF_REATTACH_PROVIDERS line
             that attaches Terraform or OpenTofu to this process
  --debug=HOST
             the same with a line for the registry at HOST only, for clients
             that accept one address; HOST can also be HOST/NAMESPACE/TYPE
  --help     print this text
  --version  print the version

Environment variables:

{own_variables}  TF_LOG, TF_LOG_PROVIDER, {log_variable}
             level of the log on stderr: TRACE, DEBUG, INFO, WARN, ERROR, or OFF;
             the last variable that is set applies; by default, nothing is logged
  PLUGIN_TRANSPORT
             `tcp` listens on 127.0.0.1 instead of a Unix socket
  RUST_BACKTRACE
             `1` adds a backtrace to the log of a panic
"
    )
}

/// The message for someone who starts the plugin by hand. It explains that this is a plugin, and
/// what to run instead.
pub(super) fn not_run_by_hand(plugin: &Plugin) -> String {
    let name = plugin.name;
    format!(
        "\
`{name}` is a plugin that Terraform and OpenTofu start themselves.
Instead, run `terraform plan` or `tofu plan` with a configuration that uses the provider.
To let a CLI attach to this program, run `{name} --debug`.
For more information, run `{name} --help`.
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Command, BadArgument> {
        Command::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn both_forms_of_a_flag_mean_the_same() {
        assert_eq!(parse(&[]), Ok(Command::Serve));
        assert_eq!(parse(&["--debug"]), Ok(Command::Debug(None)));
        assert_eq!(parse(&["-debug"]), Ok(Command::Debug(None)));
        assert_eq!(parse(&["-debug=true"]), Ok(Command::Debug(None)));
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
        for unknown in ["serve", "", "-", "--debug-all", "--version=1", "---help"] {
            let error = Err(BadArgument::Unknown(unknown.to_owned()));
            assert_eq!(parse(&["--help", unknown]), error);
        }
    }

    #[test]
    fn debug_takes_a_host_or_a_whole_address() {
        for address in [
            "registry.example",
            "localhost:8443",
            "registry.example/acme/cloud",
        ] {
            let command = Ok(Command::Debug(Some(address.to_owned())));
            assert_eq!(parse(&[&format!("--debug={address}")]), command);
        }
        for address in [
            "",
            "acme/cloud",
            "registry.example/",
            "https://registry.example",
            "a b",
        ] {
            let error = Err(BadArgument::Address(address.to_owned()));
            assert_eq!(parse(&[&format!("--debug={address}")]), error);
        }
    }
}
