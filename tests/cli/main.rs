//! Real CLIs against the sandbox. A scenario reads like a specification of what a user sees. It
//! runs on every CLI with the features it needs: `cargo test --all-features --test cli
//! terraform_1_15_5`.
//!
//! The scenarios for each CLI are known when the tests run, not when they are built. So this target
//! has its own harness, which looks like the usual one. `#[test]` has no effect here.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "every function here is part of a test"
)]

mod cli;
mod diagnostics;
mod documentation;
mod faults;
mod feature;
mod hidden;
mod matrix;
mod outcome;
mod plan;
mod running;
mod scenario;
mod scenarios;
mod signals;
mod suite;
#[path = "../support/mod.rs"]
mod support;
mod versions;
mod web;
mod workspace;

use std::num::NonZero;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::{fs, thread};

use libtest_mimic::{Arguments, Trial};

use crate::cli::Cli;

/// The CLI for tests that do not depend on the version.
const LATEST: Cli = Cli::terraform("1.15.5");

fn main() -> ExitCode {
    if cfg!(not(unix)) {
        println!("skipped: `scripts/cli.py` installs the CLIs of these tests on Unix alone");
        return ExitCode::SUCCESS;
    }
    let mut arguments = Arguments::from_args();
    // A scenario mostly waits for processes, time limits and retries.
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    arguments.test_threads.get_or_insert(4 * cores);
    let mut trials = vec![
        trial("hidden::finds_a_secret", hidden::finds_a_secret),
        trial("hidden::finds_nothing_else", hidden::finds_nothing_else),
        trial("no_test_is_left_out", no_test_is_left_out),
        trial(
            "versions::features_are_current",
            versions::features_are_current,
        ),
        trial(
            "adopt::the_guide_is_the_walk_through",
            scenarios::adopt::the_guide_is_the_walk_through,
        ),
    ];
    trials.extend(matrix::trials());
    trials.extend(documentation::trials());
    if !versions::are_wanted() {
        trials.push(trial("versions::are_current", versions::are_current));
    }
    let load = || scenarios::load::a_thousand_connectors(LATEST);
    trials.push(trial("load::a_thousand_connectors", load).with_ignored_flag(true));
    let report = Arc::new(faults::Report::default());
    trials.extend(faults::trials(&report));
    let conclusion = libtest_mimic::run(&arguments, trials);
    report.tell().unwrap();
    if versions::are_wanted() {
        versions::write(&conclusion);
    }
    conclusion.exit_code()
}

fn trial(name: &str, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, || {
        run();
        Ok(())
    })
}

/// This harness would silently ignore a function with that attribute.
fn no_test_is_left_out() {
    let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")];
    while let Some(directory) = directories.pop() {
        for entry in directory.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let attribute = text.lines().any(|line| line.trim() == "#[test]");
                assert!(!attribute, "{} has a `#[test]`", path.display());
            }
        }
    }
}
