//! A Terraform or OpenTofu version for a scenario, and its executable.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// One version of a CLI.
#[derive(Clone, Copy)]
pub(crate) struct Cli {
    /// `terraform` or `tofu`, the name in `scripts/cli.py`.
    program: &'static str,
    /// A full version. For OpenTofu, a minor version that the script pins to a patch release.
    pub(crate) version: &'static str,
}

impl Cli {
    pub(crate) const fn terraform(version: &'static str) -> Self {
        Self {
            program: "terraform",
            version,
        }
    }

    pub(crate) const fn opentofu(version: &'static str) -> Self {
        Self {
            program: "tofu",
            version,
        }
    }

    pub(crate) fn is_terraform(self) -> bool {
        self.program == "terraform"
    }

    /// The name in its messages.
    pub(crate) fn name(self) -> &'static str {
        if self.is_terraform() {
            "Terraform"
        } else {
            "OpenTofu"
        }
    }

    /// The minor version: 15 for 1.15.5.
    pub(crate) fn minor(self) -> u32 {
        let minor = self.version.split('.').nth(1);
        minor.and_then(|minor| minor.parse().ok()).unwrap()
    }

    /// The default registry of this CLI, as its states name it.
    pub(crate) fn registry(self) -> &'static str {
        if self.is_terraform() {
            "registry.terraform.io"
        } else {
            "registry.opentofu.org"
        }
    }

    /// The executable. Installs it first if it is missing.
    ///
    /// # Panics
    ///
    /// If the CLI cannot be installed, with the installer's message. The test then fails.
    pub(crate) fn executable(self) -> PathBuf {
        // Locked while installing, so that other tests in this process wait for one download.
        static INSTALLED: Mutex<Option<HashMap<String, Result<PathBuf, String>>>> =
            Mutex::new(None);
        let name = format!("{} {}", self.program, self.version);
        let result = INSTALLED
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .get_or_insert_default()
            .entry(name)
            .or_insert_with(|| self.install())
            .clone();
        result.unwrap_or_else(|message| {
            panic!(
                "{} {} cannot be installed: {message}",
                self.program, self.version
            )
        })
    }

    fn install(self) -> Result<PathBuf, String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/cli.py");
        let output = Command::new("python3")
            .arg(script)
            .args([self.program, self.version])
            .output()
            .map_err(|error| format!("`python3` does not start: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
        }
        Ok(PathBuf::from(
            String::from_utf8_lossy(&output.stdout).trim(),
        ))
    }
}
