//! The fault matrix: every way in which the API can fail, met by every operation of a user.
//!
//! A cell begins with a known account and a plan that was made in peace. The fault strikes, and the
//! plan is applied: what the user reads must say what happened, whether anything may have been
//! written, and what to do. Then the fault goes away and the user applies again: the account has to
//! hold exactly what the configuration says, each connector once, and the next plan is empty.
//!
//! - [`table`]: the faults, and what each operation is to make of each.
//! - [`operations`]: the operations.
//! - [`cell`]: how a cell is tried. [`message`]: what an error has to say.
//! - [`connector`]: a connector as a configuration has it and as the account does.
//! - [`sims`]: the same faults, met by what maps SIMs.
//! - [`address`]: addresses at which no API answers.
//! - [`report`]: what came of it all, `target/fault-matrix.md`.

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

/// Every cell that makes sense, as `faults::create::reset_before_it_is_processed`.
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
