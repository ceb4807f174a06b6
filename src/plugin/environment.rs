//! The settings that the CLI passes in environment variables.
//!
//! They are read and parsed once. An invalid value is an error that names the variable.

use std::{env, ffi::OsString, num::ParseIntError, path::PathBuf};

use super::tls::{BadClientCertificate, ClientCertificate};

/// The variable that proves that a CLI started the plugin, not a user in a shell. Terraform and
/// OpenTofu use the same value, unchanged since their first plugins.
const MAGIC_COOKIE: (&str, &str) = (
    "TF_PLUGIN_MAGIC_COOKIE",
    "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
);

/// The settings for the listener and the handshake, from the CLI or a program in its place.
#[derive(Debug)]
pub(super) struct Environment {
    /// The kind of listener.
    pub(super) transport: Transport,
    /// The location of a Unix socket.
    #[cfg_attr(windows, allow(dead_code, reason = "no Unix sockets there"))]
    pub(super) socket: SocketSettings,
    /// The allowed ports of a TCP listener.
    pub(super) ports: PortRange,
    /// The certificate that the CLI will present. Absent if the CLI does not use TLS.
    pub(super) client_certificate: Option<ClientCertificate>,
    /// The versions of the provider protocol that the CLI speaks. Empty if the CLI does not say.
    pub(super) protocol_versions: Vec<u32>,
    /// Whether the CLI knows the seventh field of the handshake. An older CLI would read it as part
    /// of the sixth field, so the plugin sends it only if asked.
    pub(super) multiplexing_asked: bool,
}

/// The kinds of listeners that `PLUGIN_TRANSPORT` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    /// A Unix socket, protected by the permissions of its file. The default on systems that have
    /// Unix sockets.
    Unix,
    /// A TCP port on 127.0.0.1. The only kind on Windows, as in go-plugin.
    Tcp,
}

/// The location of a Unix socket. Custom runners set `PLUGIN_UNIX_SOCKET_DIR`; the CLIs do not.
#[derive(Debug)]
#[cfg_attr(windows, allow(dead_code, reason = "no Unix sockets there"))]
pub(super) struct SocketSettings {
    /// The directories to try, in this order.
    pub(super) directories: Vec<PathBuf>,
    /// Whether the environment names the directory. The socket must then be there and nowhere else.
    pub(super) directory_asked: bool,
}

/// The TCP ports to try, in ascending order. For port 0, the operating system chooses a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PortRange {
    /// The first port to try.
    pub(super) first: u16,
    /// The last port to try, not below `first`.
    pub(super) last: u16,
}

/// The error for a variable with an invalid value.
#[derive(Debug, thiserror::Error)]
pub(super) enum EnvironmentError {
    #[error("`{variable}` is `{value}`; it must be a port number from 0 to 65535: {source}")]
    Port {
        variable: &'static str,
        value: String,
        source: ParseIntError,
    },
    #[error("`PLUGIN_MIN_PORT` ({first}) is greater than `PLUGIN_MAX_PORT` ({last})")]
    PortOrder { first: u16, last: u16 },
    #[error(
        "`PLUGIN_TRANSPORT` is `{0}`; it must be `tcp`, or `unix` where Unix sockets are available"
    )]
    Transport(String),
    #[error(
        "`PLUGIN_CLIENT_CERT` does not contain a certificate for mutual TLS: {0}; Terraform and \
         OpenTofu set this variable themselves, so check what else sets it"
    )]
    ClientCertificate(#[from] BadClientCertificate),
    #[error(
        "this provider requires version {needed} of the provider protocol, but the program that \
         started it supports only {offered} (`PLUGIN_PROTOCOL_VERSIONS`); use a newer version of \
         that program"
    )]
    ProtocolVersion { needed: u32, offered: String },
}

/// Whether a CLI started this process.
pub(super) fn has_magic_cookie() -> bool {
    let (variable, value) = MAGIC_COOKIE;
    env::var_os(variable).is_some_and(|found| found == value)
}

impl Environment {
    /// Reads the variables of this process.
    pub(super) fn of_this_process() -> Result<Self, EnvironmentError> {
        Self::read(|variable| env::var_os(variable))
    }

    /// Reads the variables through `lookup`. As in go-plugin, an empty variable counts as not set.
    /// The exception is `PLUGIN_MULTIPLEX_GRPC`, whose mere presence counts.
    pub(super) fn read(
        lookup: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, EnvironmentError> {
        let set = |variable| lookup(variable).filter(|value| !value.is_empty());
        let text = |variable| set(variable).map(|value| value.to_string_lossy().into_owned());
        Ok(Self {
            transport: Transport::parse(text("PLUGIN_TRANSPORT").as_deref())?,
            socket: SocketSettings::new(
                set("PLUGIN_UNIX_SOCKET_DIR").map(PathBuf::from),
                set("TMPDIR").map(PathBuf::from),
            ),
            ports: PortRange::parse(text("PLUGIN_MIN_PORT"), text("PLUGIN_MAX_PORT"))?,
            client_certificate: text("PLUGIN_CLIENT_CERT")
                .map(|pem| ClientCertificate::from_pem(&pem))
                .transpose()?,
            // Skips values that are not numbers, as go-plugin does.
            protocol_versions: text("PLUGIN_PROTOCOL_VERSIONS")
                .iter()
                .flat_map(|versions| versions.split(','))
                .filter_map(|version| version.trim().parse().ok())
                .collect(),
            multiplexing_asked: lookup("PLUGIN_MULTIPLEX_GRPC").is_some(),
        })
    }

    /// Returns an error if the CLI lists its protocol versions and `needed` is not one of them.
    pub(super) fn require_protocol(&self, needed: u32) -> Result<(), EnvironmentError> {
        let versions = &self.protocol_versions;
        if versions.is_empty() || versions.contains(&needed) {
            return Ok(());
        }
        let versions: Vec<_> = versions.iter().map(ToString::to_string).collect();
        Err(EnvironmentError::ProtocolVersion {
            needed,
            offered: versions.join(", "),
        })
    }
}

impl SocketSettings {
    /// The fallback is `/tmp`, in case the directory for temporary files does not exist, or its
    /// path is too long for a socket (104 to 108 bytes). A directory that the environment names has
    /// no fallback.
    fn new(asked: Option<PathBuf>, temporary: Option<PathBuf>) -> Self {
        Self {
            directory_asked: asked.is_some(),
            directories: match asked {
                Some(directory) => vec![directory],
                None => temporary
                    .into_iter()
                    .chain([PathBuf::from("/tmp")])
                    .collect(),
            },
        }
    }
}

impl Transport {
    fn parse(value: Option<&str>) -> Result<Self, EnvironmentError> {
        match value {
            None | Some("unix") if cfg!(unix) => Ok(Self::Unix),
            None | Some("tcp") => Ok(Self::Tcp),
            Some(other) => Err(EnvironmentError::Transport(other.to_owned())),
        }
    }
}

impl PortRange {
    fn parse(first: Option<String>, last: Option<String>) -> Result<Self, EnvironmentError> {
        let first = parse_port("PLUGIN_MIN_PORT", first)?;
        let last = parse_port("PLUGIN_MAX_PORT", last)?;
        if first > last {
            return Err(EnvironmentError::PortOrder { first, last });
        }
        Ok(Self { first, last })
    }
}

fn parse_port(variable: &'static str, value: Option<String>) -> Result<u16, EnvironmentError> {
    let Some(value) = value else { return Ok(0) };
    value.parse().map_err(|source| EnvironmentError::Port {
        variable,
        value,
        source,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Environment, EnvironmentError> {
        Environment::read(|name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn nothing_set_means_any_port_and_no_tls() {
        let environment = read(&[]).unwrap();
        assert_eq!(environment.ports, PortRange { first: 0, last: 0 });
        assert!(environment.client_certificate.is_none());
        assert!(!environment.multiplexing_asked);
    }

    #[test]
    fn an_empty_certificate_means_no_tls_but_an_empty_multiplexing_variable_asks() {
        let environment = read(&[("PLUGIN_CLIENT_CERT", ""), ("PLUGIN_MULTIPLEX_GRPC", "")]);
        let environment = environment.unwrap();
        assert!(environment.client_certificate.is_none());
        assert!(environment.multiplexing_asked);
    }

    #[test]
    fn a_lower_bound_without_an_upper_one_is_an_error() {
        let error = read(&[("PLUGIN_MIN_PORT", "10000")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`PLUGIN_MIN_PORT` (10000) is greater than `PLUGIN_MAX_PORT` (0)"
        );
    }

    #[test]
    fn errors_name_the_variable_and_the_value() {
        let error = read(&[("PLUGIN_MAX_PORT", "70000")]).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("`PLUGIN_MAX_PORT`") && text.contains("`70000`"),
            "{text}"
        );
        let error = read(&[("PLUGIN_TRANSPORT", "pigeon")]).unwrap_err();
        assert!(error.to_string().contains("`pigeon`"));
    }

    #[test]
    fn a_protocol_is_refused_only_if_the_cli_says_that_it_speaks_others() {
        let required = |versions| {
            let environment = read(&[("PLUGIN_PROTOCOL_VERSIONS", versions)]).unwrap();
            environment
                .require_protocol(6)
                .map_err(|error| error.to_string())
        };
        for versions in ["5,6", "6,5", "6", "six,,6", " 6 ", "six", ""] {
            assert_eq!(required(versions), Ok(()), "{versions}");
        }
        for (versions, offered) in [("5", "supports only 5 "), ("7,5", "supports only 7, 5 ")] {
            let error = required(versions).unwrap_err();
            assert!(
                error.contains("requires version 6") && error.contains(offered),
                "{error}"
            );
        }
    }

    #[test]
    fn a_requested_directory_has_no_fallback() {
        let settings = |variables| read(variables).unwrap().socket;
        let asked = settings(&[("PLUGIN_UNIX_SOCKET_DIR", "/asked"), ("TMPDIR", "/t")]);
        assert_eq!(asked.directories, [Path::new("/asked")]);
        assert!(asked.directory_asked);
        let unasked = settings(&[("TMPDIR", "/t")]);
        assert_eq!(unasked.directories, [Path::new("/t"), Path::new("/tmp")]);
        assert!(!unasked.directory_asked);
        let empty = settings(&[("TMPDIR", "")]);
        assert_eq!(empty.directories, [Path::new("/tmp")]);
    }
}
