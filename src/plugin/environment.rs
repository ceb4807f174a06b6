//! What the CLI asks for through environment variables.
//!
//! Everything is read once and turned into what it means; a value that means nothing is an error
//! that names the variable.

use std::{env, ffi::OsString, num::ParseIntError, path::PathBuf};

use super::tls::{BadClientCertificate, ClientCertificate};

/// The variable by which a program shows that it is a CLI and not a user in a shell, and its value
/// (Terraform's and OpenTofu's alike, unchanged since their first plugins).
const MAGIC_COOKIE: (&str, &str) = (
    "TF_PLUGIN_MAGIC_COOKIE",
    "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
);

/// What the CLI, or whoever stands in for it, wants of the listener and the handshake.
#[derive(Debug)]
pub(super) struct Environment {
    /// The kind of listener.
    pub(super) transport: Transport,
    /// Where a Unix socket goes.
    #[cfg_attr(windows, allow(dead_code, reason = "no Unix sockets there"))]
    pub(super) socket: SocketSettings,
    /// Where a TCP listener may be.
    pub(super) ports: PortRange,
    /// The certificate that the CLI will present; absent when it wants no TLS.
    pub(super) client_certificate: Option<ClientCertificate>,
    /// The versions of the provider protocol that the CLI speaks; empty where it does not say.
    pub(super) protocol_versions: Vec<u32>,
    /// Whether the CLI knows the handshake's seventh field. Older ones take it for a part of the
    /// sixth, so it must not be there unasked.
    pub(super) multiplexing_asked: bool,
}

/// Kinds of listeners; `PLUGIN_TRANSPORT` names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transport {
    /// A Unix socket: as private as its file. The usual one where there are Unix sockets.
    Unix,
    /// A TCP port on 127.0.0.1: the only one on Windows, as in go-plugin.
    Tcp,
}

/// Where a Unix socket goes. The CLIs do not set `PLUGIN_UNIX_SOCKET_DIR`; custom runners do.
#[derive(Debug)]
#[cfg_attr(windows, allow(dead_code, reason = "no Unix sockets there"))]
pub(super) struct SocketSettings {
    /// The directories to try, best first.
    pub(super) directories: Vec<PathBuf>,
    /// Whether somebody asked for the directory, so that a listener elsewhere is of no use.
    pub(super) directory_asked: bool,
}

/// The TCP ports to try, in this order. Port 0 is whichever the operating system gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PortRange {
    /// The first port to try.
    pub(super) first: u16,
    /// The last port to try, not below `first`.
    pub(super) last: u16,
}

/// A variable that does not mean anything.
#[derive(Debug, thiserror::Error)]
pub(super) enum EnvironmentError {
    #[error("`{variable}` must be a port number from 0 to 65535, not `{value}`: {source}")]
    Port {
        variable: &'static str,
        value: String,
        source: ParseIntError,
    },
    #[error("`PLUGIN_MIN_PORT` is {first}, which is above `PLUGIN_MAX_PORT`, {last}")]
    PortOrder { first: u16, last: u16 },
    #[error("`PLUGIN_TRANSPORT` must be `tcp` or, where there are Unix sockets, `unix`, not `{0}`")]
    Transport(String),
    #[error(
        "`PLUGIN_CLIENT_CERT` holds no certificate that mutual TLS could be based on: {0}; \
         Terraform and OpenTofu set it themselves, so look at what else sets it"
    )]
    ClientCertificate(#[from] BadClientCertificate),
    #[error(
        "this provider needs version {needed} of the provider protocol, and the program that started it \
         speaks only {offered} (`PLUGIN_PROTOCOL_VERSIONS`): use a newer version of that program"
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

    /// Reads the variables that `lookup` finds. An empty one counts as not set, as in go-plugin,
    /// but for `PLUGIN_MULTIPLEX_GRPC`, where being there is the question.
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
            // As go-plugin does, what is no number is passed over.
            protocol_versions: text("PLUGIN_PROTOCOL_VERSIONS")
                .iter()
                .flat_map(|versions| versions.split(','))
                .filter_map(|version| version.trim().parse().ok())
                .collect(),
            multiplexing_asked: lookup("PLUGIN_MULTIPLEX_GRPC").is_some(),
        })
    }

    /// An error if the CLI says what it speaks, and this version is not among it.
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
    /// `/tmp` is the way out of a directory for temporary files that does not exist, or whose path
    /// is too long for a socket's (104 to 108 bytes); of one that was asked for there is none.
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
    fn a_lower_bound_alone_is_above_the_unset_upper_one() {
        let error = read(&[("PLUGIN_MIN_PORT", "10000")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`PLUGIN_MIN_PORT` is 10000, which is above `PLUGIN_MAX_PORT`, 0"
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
    fn a_protocol_is_refused_only_where_the_cli_says_that_it_speaks_others() {
        let required = |versions| {
            let environment = read(&[("PLUGIN_PROTOCOL_VERSIONS", versions)]).unwrap();
            environment
                .require_protocol(6)
                .map_err(|error| error.to_string())
        };
        for versions in ["5,6", "6,5", "6", "six,,6", " 6 ", "six", ""] {
            assert_eq!(required(versions), Ok(()), "{versions}");
        }
        for (versions, offered) in [("5", "speaks only 5 "), ("7,5", "speaks only 7, 5 ")] {
            let error = required(versions).unwrap_err();
            assert!(
                error.contains("needs version 6") && error.contains(offered),
                "{error}"
            );
        }
    }

    #[test]
    fn a_directory_that_was_asked_for_has_no_way_out() {
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
