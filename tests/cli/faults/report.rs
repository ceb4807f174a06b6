//! The results of all cells.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::cell::Tried;
use super::operations::OPERATIONS;
use super::sims;
use super::table::{FAULTS, Fault};

/// Collects the results of cells in any order.
#[derive(Default)]
pub(crate) struct Report {
    rows: Mutex<Vec<Row>>,
}

struct Row {
    fault: &'static str,
    operation: &'static str,
    /// The results of the operation and of the next apply, in one word.
    word: &'static str,
    /// The error that the user gets, or the reason why the cell was not tried.
    read: String,
}

impl Report {
    pub(crate) fn skipped(&self, fault: &Fault, operation: &'static str, reason: &str) {
        self.rows().push(Row {
            fault: fault.name,
            operation,
            word: "-",
            read: format!("Not tried: {reason}."),
        });
    }

    pub(crate) fn tried(&self, fault: &Fault, operation: &'static str, tried: &Tried) {
        let (word, read) = match &tried.error {
            None => ("done", "Succeeded.".to_owned()),
            Some(error) => {
                let word = match (error.may_have_written(), tried.imported) {
                    (_, true) => "unsure, import",
                    (true, false) => "unsure, apply",
                    (false, false) => "error, apply",
                };
                let detail = error
                    .detail
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                (word, format!("**{}** {detail}", error.summary))
            }
        };
        self.rows().push(Row {
            fault: fault.name,
            operation,
            word,
            read,
        });
    }

    /// Prints a summary once every cell was tried, and writes the whole matrix to a file.
    pub(crate) fn tell(&self) -> std::io::Result<()> {
        let rows = self.rows();
        let of_connectors = OPERATIONS.iter().map(|operation| operation.name);
        let of_sims = sims::Operation::ALL
            .iter()
            .map(|operation| operation.name());
        let operations: Vec<_> = of_connectors.chain(of_sims).collect();
        let find = |fault: &Fault, operation: &str| {
            let is_it = |row: &&Row| (row.fault, row.operation) == (fault.name, operation);
            rows.iter().find(is_it)
        };
        let mut words = format!("{:43}", "");
        for operation in &operations {
            let _ = write!(words, "{operation:16}");
        }
        let mut table =
            "| fault | operation | then | what the user read |\n|---|---|---|---|\n".to_owned();
        for fault in FAULTS {
            let _ = write!(words, "\n{:43}", fault.name);
            for operation in &operations {
                let Some(row) = find(fault, operation) else {
                    // A partial matrix would look like a complete one.
                    return Ok(());
                };
                let Row {
                    fault,
                    operation,
                    word,
                    read,
                } = row;
                let _ = write!(words, "{word:16}");
                let _ = writeln!(table, "| {fault} | {operation} | {word} | {read} |");
            }
        }
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("fault-matrix.md");
        std::fs::write(&path, format!("```\n{words}\n```\n\n{table}"))?;
        println!(
            "{words}\n\n`done`: the fault had no visible effect. `error`: the error said that nothing was written. \
             `unsure`: the error\nsaid that something may have been written. `apply`: the next apply succeeded; `import`: \
             it succeeded after the\nimport that it asked for. The errors are in {}\n",
            path.display()
        );
        Ok(())
    }

    fn rows(&self) -> MutexGuard<'_, Vec<Row>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
