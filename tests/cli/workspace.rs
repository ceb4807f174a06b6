//! A directory with a configuration, in which one CLI runs and finds this provider.

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

/// Both registries: each CLI looks for `onomondo/onomondo` in its own.
const REGISTRIES: [&str; 2] = ["registry.terraform.io", "registry.opentofu.org"];

/// The working directory of one CLI. Removed when dropped.
pub(crate) struct Workspace {
    executable: PathBuf,
    /// Holds the configuration, the mirror with the provider, and the CLI's own configuration.
    directory: TempDir,
    /// The address of the API, which the provider gets in its environment variable.
    base_url: String,
    /// The directory of commands, inside `directory`.
    inside: PathBuf,
    /// Variables that the scenario adds to the environment of every command.
    environment: BTreeMap<&'static str, String>,
}

impl Workspace {
    pub(crate) fn new(cli: Cli, sandbox: &Sandbox) -> Self {
        // On the same file system as the built provider, so that a mirror can be a hard link.
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

    /// Makes `method`, a block of the CLI's own configuration, the only way to install providers.
    pub(crate) fn install_from(&self, method: &str) {
        self.configure_cli(&format!("provider_installation {{\n{method}\n}}\n"));
    }

    /// Lets the CLI look for providers in its default places.
    pub(crate) fn install_as_without_configuration(&self) {
        self.configure_cli("");
    }

    fn configure_cli(&self, config: &str) {
        let file = self.directory.path().join("cli.tfrc");
        fs::write(file, format!("disable_checkpoint = true\n{config}")).unwrap();
    }

    /// Removes the providers that `init` installed, but keeps the lock file.
    pub(crate) fn forget_providers(&self) {
        let installed = self.path(".terraform");
        if installed.exists() {
            fs::remove_dir_all(installed).unwrap();
        }
    }

    /// Sets an environment variable, such as `TF_VAR_key`, for all later commands.
    pub(crate) fn set_environment(&mut self, name: &'static str, value: &str) {
        self.environment.insert(name, value.to_owned());
    }

    /// Installs this provider as the newest version of another one. It has another schema, but a
    /// CLI that only follows a `moved` block does not need the schema.
    pub(crate) fn add_stand_in(&self, source: &str, version: &str) {
        let mirror = self.directory.path().join("mirror");
        for registry in REGISTRIES {
            lay_out(&mirror.join(registry).join(source), version);
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(&self.inside).join(name)
    }

    /// Changes to a subdirectory for all later commands and files.
    pub(crate) fn enter(&mut self, directory: impl AsRef<Path>) {
        self.inside.push(directory);
    }

    /// Writes a file of the configuration, or replaces it.
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

    /// Runs a command of the CLI and waits until it ends.
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

    /// Runs a command with another address of the API, without a proxy.
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

    /// Runs a command without input and without colors.
    pub(crate) fn run_plain(&self, arguments: &[&str]) -> Outcome {
        let (command, rest) = arguments.split_first().unwrap();
        self.run(&[&[*command, "-no-color", "-input=false"], rest].concat())
    }

    /// Copies a file in.
    pub(crate) fn copy(&self, file: &Path) {
        let name = file.file_name().unwrap().to_string_lossy();
        fs::copy(file, self.path(&name)).unwrap();
    }

    /// Copies a directory, without files that a CLI left there.
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

    /// Runs a shell line, with `terraform` standing for this CLI, and answers its questions with
    /// yes.
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
        // Fails if the command ended without asking.
        let _ = child.stdin.take().unwrap().write_all(b"yes\n");
        Outcome::new(line.to_owned(), &child.wait_with_output().unwrap())
    }

    /// A command without any environment variable that could change what the CLI does.
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

/// A filesystem mirror instead of `dev_overrides`, which warn in every run and skip `init`.
fn lay_out_mirror(mirror: &Path) {
    for registry in REGISTRIES {
        let provider = mirror.join(registry).join("onomondo/onomondo");
        lay_out(&provider, env!("CARGO_PKG_VERSION"));
    }
}

/// Adds one version to the directory of a provider.
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

/// The operating system and processor in Go's words, as registries name them.
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
