//! The plugin's process.

use std::{
    ffi::{OsStr, OsString},
    io::{self, BufRead as _, BufReader, Read as _},
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
#[cfg(unix)]
use rustix::process::{Pid, Signal, kill_process};
use rustls::pki_types::CertificateDer;
use tempfile::TempDir;

use super::{DEADLINE, certificate::ClientIdentity, eventually};

/// The plugin's executable.
pub const BINARY: &str = env!("CARGO_BIN_EXE_terraform-provider-onomondo");

/// The default network of a plugin's listener.
pub const NETWORK: &str = if cfg!(unix) { "unix" } else { "tcp" };

/// The variables that name the directory for temporary files.
const TEMPORARY_DIRECTORY: &[&str] = if cfg!(windows) {
    &["TMP", "TEMP"]
} else {
    &["TMPDIR"]
};

/// A plugin to start, with its own environment.
pub struct Launch {
    command: Command,
    identity: Option<ClientIdentity>,
    temporary_directory: TempDir,
}

/// A running plugin. Dropping it kills the process.
pub struct Plugin {
    child: Child,
    /// The CLI's certificate, if the CLI passed one to the plugin.
    pub identity: Option<ClientIdentity>,
    temporary_directory: TempDir,
    stdout: Receiver<String>,
    /// All of stderr, once every process that holds it has ended.
    stderr: Receiver<String>,
}

/// A plugin that has sent its handshake line.
pub struct ServingPlugin {
    pub plugin: Plugin,
    pub handshake: Handshake,
}

/// The handshake line, parsed as in go-plugin.
#[derive(Debug, Clone)]
pub struct Handshake {
    pub fields: Vec<String>,
    pub network: String,
    pub address: String,
    /// The server's certificate, decoded without padding. `None` if its field is empty.
    pub certificate: Option<CertificateDer<'static>>,
}

impl Launch {
    /// Starts it as a user does in a shell, with almost no environment.
    pub fn by_hand() -> Self {
        Self::program(BINARY)
    }

    /// As Terraform and OpenTofu start it.
    pub fn by_cli() -> Self {
        Self::by_hand().with_cli_environment()
    }

    /// Starts it as a CLI does, but through a shell that stands for a CLI that ends.
    #[cfg(unix)]
    pub fn by_mortal_parent() -> Self {
        let mut launch = Self::program("/bin/sh");
        launch.command.args(["-c", r#""$0" & wait"#, BINARY]);
        launch.with_cli_environment()
    }

    /// Starts another executable, with almost no environment.
    pub fn program(program: impl AsRef<OsStr>) -> Self {
        let temporary_directory = tempfile::tempdir().unwrap();
        let mut command = Command::new(program);
        command
            .env_clear()
            // Windows needs this to load its networking.
            .envs(std::env::var_os("SystemRoot").map(|value| ("SystemRoot", value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        for variable in TEMPORARY_DIRECTORY {
            command.env(variable, temporary_directory.path());
        }
        Self {
            command,
            identity: None,
            temporary_directory,
        }
    }

    /// Adds the variables that Terraform and OpenTofu set.
    pub fn with_cli_environment(self) -> Self {
        self.with_identity(ClientIdentity::as_go_makes_it())
    }

    /// Adds the variables of a CLI that presents this certificate.
    pub fn with_identity(mut self, identity: ClientIdentity) -> Self {
        self.command
            .env(
                "TF_PLUGIN_MAGIC_COOKIE",
                "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
            )
            .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
            .env("PLUGIN_MIN_PORT", "10000")
            .env("PLUGIN_MAX_PORT", "25000")
            .env("PLUGIN_CLIENT_CERT", identity.pem());
        self.identity = Some(identity);
        self
    }

    /// Starts it without TLS, as `TF_DISABLE_PLUGIN_TLS` does.
    pub fn without_tls(mut self) -> Self {
        self.identity = None;
        self.without("PLUGIN_CLIENT_CERT")
    }

    pub fn argument(mut self, argument: &str) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn set(mut self, variable: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(variable, value);
        self
    }

    pub fn without(mut self, variable: &str) -> Self {
        self.command.env_remove(variable);
        self
    }

    /// The directory for temporary files, unless the test sets another.
    pub fn temporary_directory(&self) -> &Path {
        self.temporary_directory.path()
    }

    /// Starts it and waits until it ends.
    pub fn output(mut self) -> Output {
        self.command.output().unwrap()
    }

    /// Starts it with a closed stdout and waits until it ends.
    pub fn output_without_reader(mut self) -> Output {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        self.command.stdout(writer).output().unwrap()
    }

    /// Starts it.
    pub fn start(mut self) -> Plugin {
        let mut child = self.command.spawn().unwrap();
        let (lines, stdout) = channel();
        let pipe = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            let all = pipe.lines().map_while(Result::ok);
            all.map(|line| lines.send(line)).find(Result::is_err)
        });
        let (text, stderr) = channel();
        let mut pipe = child.stderr.take().unwrap();
        thread::spawn(move || {
            let mut all = Vec::new();
            let _ = pipe.read_to_end(&mut all);
            text.send(String::from_utf8_lossy(&all).into_owned())
        });
        Plugin {
            child,
            identity: self.identity,
            temporary_directory: self.temporary_directory,
            stdout,
            stderr,
        }
    }

    /// Starts it and reads the handshake line.
    pub fn handshake(self) -> ServingPlugin {
        let plugin = self.start();
        match plugin.stdout_line() {
            Some(line) => ServingPlugin {
                handshake: Handshake::parse(&line),
                plugin,
            },
            None => panic!("no handshake line; stderr: {}", plugin.all_of_stderr()),
        }
    }
}

impl Plugin {
    /// The next line on stdout, or `None` at the end.
    pub fn stdout_line(&self) -> Option<String> {
        match self.stdout.recv_timeout(DEADLINE) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("stdout is silent, but open"),
        }
    }

    /// All of stderr. Waits until the plugin closes it, even if a shell started the plugin.
    pub fn all_of_stderr(&self) -> String {
        self.stderr.recv_timeout(DEADLINE).unwrap()
    }

    /// Kills the plugin and returns all of its stderr.
    pub fn kill(&mut self) -> String {
        self.child.kill().unwrap();
        self.all_of_stderr()
    }

    /// The process that the test started.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    #[cfg(unix)]
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits until the process ends by itself.
    pub fn wait(&mut self) -> ExitStatus {
        eventually("the process ends", || self.child.try_wait().unwrap())
    }

    /// The files in the plugin's directory for temporary files.
    pub fn temporary_files(&self) -> Vec<OsString> {
        let entries = self.temporary_directory.path().read_dir().unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Handshake {
    fn parse(line: &str) -> Self {
        let fields: Vec<_> = line.split('|').map(str::to_owned).collect();
        assert!((6..=7).contains(&fields.len()), "fields of {line:?}");
        let certificate = STANDARD_NO_PAD.decode(&fields[5]).unwrap();
        Self {
            network: fields[2].clone(),
            address: fields[3].clone(),
            certificate: (!certificate.is_empty()).then(|| certificate.into()),
            fields,
        }
    }
}
