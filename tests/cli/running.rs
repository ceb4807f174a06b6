//! A running CLI command, with ways to signal and inspect its processes.

use std::fs::{self, OpenOptions};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use crate::outcome::Outcome;
use crate::signals::{Signal, in_group_of_its_own, signal_group, signal_process};

/// The time limit for whatever a process must do.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running CLI in its own process group, as a shell starts it.
pub(crate) struct Running {
    command: String,
    child: Child,
    /// Receives the output, which can be read while the command runs.
    output: NamedTempFile,
}

impl Running {
    pub(crate) fn start(mut command: Command, arguments: &[&str]) -> Self {
        let output = NamedTempFile::new().unwrap();
        let append = || OpenOptions::new().append(true).open(output.path()).unwrap();
        let child = in_group_of_its_own(&mut command)
            .stdin(Stdio::null())
            .stdout(append())
            .stderr(append())
            .spawn()
            .unwrap();
        Self {
            command: arguments.join(" "),
            child,
            output,
        }
    }

    /// Waits until the output contains this.
    pub(crate) fn has_said(&self, piece: &str) {
        eventually(piece, || self.text().contains(piece));
    }

    /// Ctrl-C: the terminal signals the whole group, including the provider.
    pub(crate) fn interrupt(&self) {
        signal_group(self.child.id(), Signal::Interrupt);
    }

    /// SIGTERM to the whole group, as from init systems and CI runners.
    pub(crate) fn terminate(&self) {
        signal_group(self.child.id(), Signal::Terminate);
    }

    /// Kills the CLI as a crash would.
    pub(crate) fn kill(&self) {
        signal_process(self.child.id(), Signal::Kill);
    }

    /// The provider's process. There must be exactly one.
    pub(crate) fn provider(&self) -> Provider {
        let parent = self.child.id().to_string();
        let mut children = processes()
            .into_iter()
            .filter(|process| process.parent == parent);
        let provider = children.next().unwrap();
        assert!(children.next().is_none(), "more than one provider");
        Provider(provider.id)
    }

    /// Waits until the command ends by itself, and returns its result.
    pub(crate) fn outcome(mut self) -> Outcome {
        eventually("the CLI ends", || self.child.try_wait().unwrap().is_some());
        let output = Output {
            status: self.child.wait().unwrap(),
            stdout: self.text().into(),
            stderr: Vec::new(),
        };
        Outcome::new(self.command, &output)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.output.path()).unwrap()).into_owned()
    }
}

/// A provider that a CLI started.
pub(crate) struct Provider(String);

impl Provider {
    /// Kills it as a crash would.
    pub(crate) fn kill(&self) {
        signal_process(self.0.parse().unwrap(), Signal::Kill);
    }

    /// Tells it to end.
    pub(crate) fn terminate(&self) {
        signal_process(self.0.parse().unwrap(), Signal::Terminate);
    }

    /// Its peak memory so far, in bytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0)).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = peak.and_then(|peak| peak.trim().strip_suffix(" kB"));
        kilobytes.unwrap().parse::<u64>().unwrap() << 10
    }

    /// Fails the test unless it ends by itself.
    pub(crate) fn ends(&self) {
        eventually("the provider ends", || {
            let processes = processes();
            let mine = processes.iter().find(|process| process.id == self.0);
            // A zombie has ended too: its parent just has not read its status.
            mine.is_none_or(|process| process.status.starts_with('Z'))
        });
    }
}

struct Process {
    id: String,
    parent: String,
    status: String,
}

/// Every process on this machine.
fn processes() -> Vec<Process> {
    let output = Command::new("ps")
        .args(["-A", "-o", "pid=", "-o", "ppid=", "-o", "stat="])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let process = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some(Process {
            id: words.next()?,
            parent: words.next()?,
            status: words.next()?,
        })
    };
    text.lines().filter_map(process).collect()
}

fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "never happened: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
