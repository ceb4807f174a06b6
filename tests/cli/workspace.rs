//! A directory with a configuration in it, in which one CLI runs and finds this provider.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
#[cfg(unix)]
use std::os::unix::fs::symlink;
#[cfg(windows)]
use std::os::windows::fs::symlink_file as symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::cli::Cli;
use crate::outcome::Outcome;
use crate::running::Running;
use crate::support::sandbox::{KEY, Sandbox};

/// Both registries: each CLI takes `onomondo/onomondo` to be on its own.
const REGISTRIES: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// A working directory of one CLI. It goes away when dropped.
pub(crate) struct Workspace {
    executable: PathBuf,
    /// Holds the configuration, the mirror with the provider, and the CLI's own configuration.
    directory: TempDir,
    /// Address of the API, given to the provider through its environment variable.
    base_url: String,
    /// Where commands run, in `directory`.
    inside: PathBuf,
    /// What the scenario itself adds to the environment of every command.
    environment: BTreeMap<&'static str, String>,
}

impl Workspace {
    pub(crate) fn new(cli: Cli, sandbox: &Sandbox) -> Self {
        // Beside the built provider, so that a mirror of it is a hard link.
        let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mirror = directory.path().join("mirror");
        lay_out_mirror(&mirror);
        for name in ["work", "home"] {
            fs::create_dir(directory.path().join(name)).unwrap();
        }
        let workspace = Self {
            executable: cli.executable(),
            directory,
            base_url: sandbox.address().to_owned(),
            inside: PathBuf::from("work"),
            environment: BTreeMap::new(),
        };
        let path = mirror.display();
        workspace.install_from(&format!("filesystem_mirror {{\n  path = \"{path}\"\n}}"));
        workspace
    }

    /// Makes `method`, a block of the CLI's own configuration, the only way to get a provider.
    pub(crate) fn install_from(&self, method: &str) {
        self.configure_cli(&format!("provider_installation {{\n{method}\n}}\n"));
    }

    /// Leaves the CLI to where it looks for providers by itself.
    pub(crate) fn install_as_without_configuration(&self) {
        self.configure_cli("");
    }

    fn configure_cli(&self, config: &str) {
        let file = self.directory.path().join("cli.tfrc");
        fs::write(file, format!("disable_checkpoint = true\n{config}")).unwrap();
    }

    /// Removes the providers that `init` has installed, but not what it locked.
    pub(crate) fn forget_providers(&self) {
        let installed = self.path(".terraform");
        if installed.exists() {
            fs::remove_dir_all(installed).unwrap();
        }
    }

    /// Gives all commands from now on an environment variable, such as `TF_VAR_key`.
    pub(crate) fn set_environment(&mut self, name: &'static str, value: &str) {
        self.environment.insert(name, value.to_owned());
    }

    /// Lays this provider out as the newest version of another: its schema is not that one's, but
    /// a CLI that has only a `moved` block to follow asks it for nothing else.
    pub(crate) fn add_stand_in(&self, source: &str, version: &str) {
        let mirror = self.directory.path().join("mirror");
        for registry in REGISTRIES {
            lay_out(&mirror.join(registry).join(source), version);
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(&self.inside).join(name)
    }

    /// Goes into a directory below the one it is in, for all commands and files from now on.
    pub(crate) fn enter(&mut self, directory: impl AsRef<Path>) {
        self.inside.push(directory);
    }

    /// Writes a file of the configuration, in place of one of that name.
    pub(crate) fn write(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).unwrap();
    }

    /// Reads a file that the CLI wrote.
    #[track_caller]
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Removes a file.
    #[track_caller]
    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Runs a command of the CLI to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self
            .command(&self.executable, arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Outcome::new(arguments.join(" "), &output)
    }

    /// Starts a command of the CLI.
    pub(crate) fn start(&self, arguments: &[&str]) -> Running {
        Running::start(self.command(&self.executable, arguments), arguments)
    }

    /// The same with the API at another address, to which no proxy leads.
    pub(crate) fn run_at(&self, base_url: &str, arguments: &[&str]) -> Outcome {
        let output = self
            .command(&self.executable, arguments)
            .env("ONOMONDO_BASE_URL", base_url)
            .env("NO_PROXY", "*")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Outcome::new(arguments.join(" "), &output)
    }

    /// Runs a command that takes no input and needs no colours.
    pub(crate) fn run_plain(&self, arguments: &[&str]) -> Outcome {
        let (command, rest) = arguments.split_first().unwrap();
        self.run(&[&[*command, "-no-color", "-input=false"], rest].concat())
    }

    /// Copies a file in.
    pub(crate) fn copy(&self, file: &Path) {
        let name = file.file_name().unwrap().to_string_lossy();
        fs::copy(file, self.path(&name)).unwrap();
    }

    /// Copies a directory in, without what a CLI left there.
    pub(crate) fn copy_tree(&self, from: &Path, name: &str) {
        fs::create_dir(self.path(name)).unwrap();
        for entry in from.read_dir().unwrap() {
            let path = entry.unwrap().path();
            let part = path.file_name().unwrap().to_string_lossy();
            let copy = format!("{name}/{part}");
            match path.is_dir() {
                _ if part.starts_with(".terraform") || part.contains(".tfstate") => {}
                true => self.copy_tree(&path, &copy),
                false => drop(fs::copy(&path, self.path(&copy)).unwrap()),
            }
        }
    }

    /// Runs a line that somebody types into a shell, whichever CLI `terraform` is there, and says yes
    /// to what it asks.
    pub(crate) fn shell(&self, line: &str) -> Outcome {
        let programs = self.directory.path().join("programs");
        if !programs.exists() {
            fs::create_dir(&programs).unwrap();
            symlink(&self.executable, programs.join("terraform")).unwrap();
        }
        let mut path = programs.into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut child = self
            .command("sh".as_ref(), &["-c", line])
            .env("PATH", path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Fails where nothing is asked and the command has ended.
        let _ = child.stdin.take().unwrap().write_all(b"yes\n");
        Outcome::new(line.to_owned(), &child.wait_with_output().unwrap())
    }

    /// A program that runs with nothing of the environment that could change what the CLI does.
    fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if ["TF_", "TOFU_", "ONOMONDO_"]
                .iter()
                .any(|prefix| text.starts_with(prefix))
            {
                command.env_remove(&name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.directory.path().join(&self.inside))
            .env("TF_CLI_CONFIG_FILE", self.directory.path().join("cli.tfrc"))
            .env("HOME", self.directory.path().join("home"))
            .env("CHECKPOINT_DISABLE", "1")
            .env("TF_IN_AUTOMATION", "1")
            .env("NO_PROXY", "127.0.0.1")
            .env("ONOMONDO_BASE_URL", &self.base_url)
            .env("ONOMONDO_API_KEY", KEY)
            .envs(&self.environment);
        command
    }
}

/// A filesystem mirror rather than `dev_overrides`: those warn on every run, and skip `init`.
fn lay_out_mirror(mirror: &Path) {
    for registry in REGISTRIES {
        let provider = mirror.join(registry).join("onomondo/onomondo");
        lay_out(&provider, env!("CARGO_PKG_VERSION"));
    }
}

/// One version of the provider whose directory this is.
fn lay_out(provider: &Path, version: &str) {
    let built = Path::new(env!("CARGO_BIN_EXE_terraform-provider-onomondo"));
    let package = provider.join(version).join(platform());
    fs::create_dir_all(&package).unwrap();
    let provider_type = provider.file_name().unwrap().to_string_lossy();
    let name = format!(
        "terraform-provider-{provider_type}_v{version}{}",
        std::env::consts::EXE_SUFFIX
    );
    fs::hard_link(built, package.join(name)).unwrap();
}

/// Operating system and processor in Go's words, as registries name them.
pub(crate) fn platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{system}_{processor}")
}
