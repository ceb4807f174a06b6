//! The fault matrix: every way in which the API can fail, for every operation of a user.
//!
//! A cell starts with a known account and a plan made without faults. The plan is applied during
//! the fault. The error must say what happened, whether anything may have been written, and what to
//! do. Then the fault ends and the user applies again. Now the account must hold exactly what the
//! configuration says, with each connector once, and the next plan must be empty.
//!
//! - [`table`]: the faults, and the expected outcome for each operation.
//! - [`operations`]: the operations.
//! - [`cell`]: tries a cell. [`message`]: the parts of an error.
//! - [`connector`]: a connector as a configuration and as the sandbox stores it.
//! - [`sims`]: the same faults for changes of SIMs.
//! - [`address`]: addresses without a working API.
//! - [`report`]: the results, in `target/fault-matrix.md`.

mod address;
mod cell;
mod connector;
mod message;
mod operations;
mod report;
mod sims;
mod table;

use std::sync::Arc;

use libtest_mimic::Trial;

pub(crate) use self::report::Report;
use self::table::Outcome;

/// Every possible cell, such as `faults::create::reset_before_it_is_processed`.
pub(crate) fn trials(report: &Arc<Report>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for fault in table::FAULTS {
        for (operation, outcome) in operations::OPERATIONS.iter().zip(fault.outcomes) {
            if let Outcome::Senseless(reason) = outcome {
                report.skipped(fault, operation.name, reason);
                continue;
            }
            let name = format!("faults::{}::{}", operation.name, fault.name);
            let report = Arc::clone(report);
            let run =
                move || report.tried(fault, operation.name, &cell::run(fault, operation, outcome));
            trials.push(crate::trial(&name.replace([' ', ','], "_"), run));
        }
    }
    for (fault, operation, not_tried) in sims::cells() {
        if let Some(reason) = not_tried {
            report.skipped(fault, operation.name(), reason);
            continue;
        }
        let name = format!("faults::{}::{}", operation.name(), fault.name);
        let report = Arc::clone(report);
        let run = move || report.tried(fault, operation.name(), &sims::run(fault, operation));
        trials.push(crate::trial(&name.replace([' ', ','], "_"), run));
    }
    trials
}
