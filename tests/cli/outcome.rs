//! The result of one CLI command.

use std::process::Output;

/// The exit status and output of one command.
pub(crate) struct Outcome {
    /// The command as a person would type it, for messages.
    command: String,
    status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    pub(crate) fn new(command: String, output: &Output) -> Self {
        Self {
            command,
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails the test unless the exit status is 0.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        self.ended_with(0)
    }

    /// Fails the test unless the exit status is 1, which both CLIs use for errors.
    #[track_caller]
    pub(crate) fn failed(self) -> Self {
        self.ended_with(1)
    }

    #[track_caller]
    pub(crate) fn ended_with(self, status: i32) -> Self {
        assert!(
            self.status == Some(status),
            "`{}` ended with {:?} where {status} was expected\n{}{}",
            self.command,
            self.status,
            self.stdout,
            self.stderr,
        );
        self
    }

    /// Fails the test unless the output contains `piece`, even across line breaks.
    #[track_caller]
    pub(crate) fn says(self, piece: &str) -> Self {
        assert!(
            self.unwrapped().contains(piece),
            "`{}` does not say `{piece}`\n{}{}",
            self.command,
            self.stdout,
            self.stderr,
        );
        self
    }

    /// Fails the test if the output contains `piece`.
    #[track_caller]
    pub(crate) fn says_nothing_of(self, piece: &str) -> Self {
        assert!(
            !self.unwrapped().contains(piece),
            "`{}` says `{piece}`\n{}{}",
            self.command,
            self.stdout,
            self.stderr,
        );
        self
    }

    /// The output on one line. The CLIs wrap diagnostics at 78 columns and draw a border beside
    /// them.
    fn unwrapped(&self) -> String {
        let text = format!("{}\n{}", self.stdout, self.stderr);
        let words = text
            .split_whitespace()
            .filter(|word| !matches!(*word, "│" | "╷" | "╵"));
        words.collect::<Vec<_>>().join(" ")
    }
}
