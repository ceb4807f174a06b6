//! Writes panics in the form that the CLI shows.
//!
//! go-plugin takes a line that starts with `panic: ` for the end of a Go program. It keeps that
//! line and the following ones, and the CLI prints them even without logging. Rust's own panic
//! message would be lost. The hook writes everything in one write, so no log line can come in
//! between.

use std::{
    any::Any,
    backtrace::{Backtrace, BacktraceStatus},
    fmt::Write as _,
    io::{self, Write as _},
    panic::{self, Location},
};

/// Installs the hook. It also writes panics that are caught later: they are bugs too.
pub(crate) fn install() {
    panic::set_hook(Box::new(|info| {
        // Captured only if `RUST_BACKTRACE` or `RUST_LIB_BACKTRACE` is set.
        let backtrace = Backtrace::capture();
        let backtrace = (backtrace.status() == BacktraceStatus::Captured).then_some(&backtrace);
        let report = report(message(info.payload()), info.location(), backtrace);
        let _ = io::stderr().write_all(report.as_bytes());
    }));
}

/// The message of a panic. It is a text, unless code panics with another payload on purpose.
fn message(payload: &dyn Any) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without a message")
}

fn report(message: &str, location: Option<&Location>, backtrace: Option<&Backtrace>) -> String {
    let mut report = format!("panic: {message}");
    if let Some(location) = location {
        let _ = write!(report, " at {}:{}", location.file(), location.line());
    }
    report.push('\n');
    if let Some(backtrace) = backtrace {
        let _ = write!(report, "\n{backtrace}");
    }
    report
}

#[cfg(test)]
mod tests {
    use std::{
        env,
        process::{Command, Output},
    };

    use super::*;

    /// Set in a process that should panic.
    const VARIABLE: &str = "PANIC_HOOK_TEST";

    /// Runs the test `panics_when_told` in its own process, where it panics.
    fn panic_in_a_process(backtrace: &str) -> Output {
        Command::new(env::current_exe().unwrap())
            .args(["--exact", "--nocapture"])
            .arg(format!(
                "{}::panics_when_told",
                module_path!().split_once("::").unwrap().1
            ))
            .env(VARIABLE, "1")
            .env("RUST_BACKTRACE", backtrace)
            .output()
            .unwrap()
    }

    #[test]
    fn panics_when_told() {
        if env::var_os(VARIABLE).is_some() {
            install();
            let what = "pipe";
            panic!("the {what} burst");
        }
    }

    #[test]
    fn one_line_names_message_and_place_as_go_does() {
        let output = panic_in_a_process("0");
        let stderr = String::from_utf8(output.stderr).unwrap();
        let line = stderr
            .lines()
            .find(|line| line.starts_with("panic: "))
            .unwrap_or_else(|| panic!("no such line in {stderr:?}"));
        let place = line.strip_prefix("panic: the pipe burst at ").unwrap();
        let (file, number) = place.rsplit_once(':').unwrap();
        assert!(file.ends_with("panic_hook.rs"), "{line}");
        number.parse::<u32>().unwrap();
    }

    #[test]
    fn a_backtrace_follows_when_asked_for() {
        let asked = String::from_utf8(panic_in_a_process("1").stderr).unwrap();
        let unasked = String::from_utf8(panic_in_a_process("0").stderr).unwrap();
        assert!(asked.contains("panics_when_told"), "{asked}");
        assert!(!unasked.contains("panics_when_told"), "{unasked}");
    }
}
