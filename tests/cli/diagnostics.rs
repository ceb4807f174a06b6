//! Compares a CLI's diagnostics in JSON with those that comments in a configuration promise.
//!
//! A comment stands on the line that the diagnostic must point to:
//!
//! ```hcl
//! name = "x" # error: 3 to 255
//! tls = {
//!   port = 0 # nested error: 1 to 65535
//! }
//! ```
//!
//! A diagnostic inside a nested attribute may point to the resource, if the CLI cannot do better.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::Cli;
use crate::feature::POINTS_INTO_NESTED_ATTRIBUTES;

/// One error or warning.
#[derive(Debug)]
pub(crate) struct Diagnostic {
    /// `error` or `warning`.
    severity: String,
    /// The line that it points to, counted from 1. 0 if it points to none.
    line: u64,
    /// Summary and detail, or the part of them that a comment promises.
    text: String,
}

/// The diagnostics in the output of `validate -json`.
pub(crate) fn of_validate(output: &str) -> Vec<Diagnostic> {
    let report: Value = serde_json::from_str(output).unwrap();
    report["diagnostics"]
        .as_array()
        .into_iter()
        .flatten()
        .map(diagnostic)
        .collect()
}

/// The diagnostics in the output of `plan -json`, which has one line for each event.
pub(crate) fn of_plan(output: &str) -> Vec<Diagnostic> {
    let events = output
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    events
        .filter(|event| event["type"] == "diagnostic")
        .map(|event| diagnostic(&event["diagnostic"]))
        .collect()
}

fn diagnostic(json: &Value) -> Diagnostic {
    let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
    Diagnostic {
        severity: text("severity"),
        line: json["range"]["start"]["line"].as_u64().unwrap_or_default(),
        text: format!("{}: {}", text("summary"), text("detail")),
    }
}

/// The diagnostics that the comments in a configuration promise for `cli`.
pub(crate) fn promised(config: &str, cli: Cli) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut block = 0;
    for (line, text) in (1..).zip(config.lines()) {
        if ["resource ", "data ", "provider "]
            .iter()
            .any(|word| text.starts_with(word))
        {
            block = line;
        }
        for comment in text.split(" # ").skip(1) {
            let Some((kind, piece)) = comment.split_once(": ") else {
                continue;
            };
            let (severity, line) = match kind.strip_prefix("nested ") {
                Some(severity) if !POINTS_INTO_NESTED_ATTRIBUTES.is_in(cli) => (severity, block),
                Some(severity) => (severity, line),
                None => (kind, line),
            };
            found.push(Diagnostic {
                severity: severity.to_owned(),
                line,
                text: piece.trim().to_owned(),
            });
        }
    }
    found
}

/// Checks that each diagnostic is promised, and that each promise is kept.
pub(crate) fn compare(promised: &[Diagnostic], said: &[Diagnostic]) -> Result<(), String> {
    let mut unexpected: Vec<_> = said.iter().collect();
    let mut difference = String::new();
    for promise in promised {
        let kept = unexpected.iter().position(|one| {
            one.severity == promise.severity
                && one.line == promise.line
                && one.text.contains(&promise.text)
        });
        match kept {
            Some(index) => drop(unexpected.remove(index)),
            None => writeln!(difference, "  not said: {promise:?}").unwrap(),
        }
    }
    for one in unexpected {
        writeln!(difference, "  not promised: {one:?}").unwrap();
    }
    if difference.is_empty() {
        Ok(())
    } else {
        Err(difference)
    }
}
