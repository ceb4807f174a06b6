//! The README's table of CLIs against scenarios, which a passing run of all of them writes.

use std::fmt::Write;
use std::fs;

use libtest_mimic::Conclusion;

use crate::matrix;
use crate::suite::Part;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const BEGIN: &str = "<!-- written by `make test-matrix` -->\n";
const END: &str = "<!-- end -->\n";

/// Whether the table is to be written, as `make test-matrix` asks for.
pub(crate) fn are_wanted() -> bool {
    std::env::var_os("WRITE_VERSIONS").is_some()
}

/// Writes the table after a run in which every scenario on every CLI passed.
pub(crate) fn write(conclusion: &Conclusion) {
    let was_all = conclusion.num_filtered_out == 0 && conclusion.num_ignored == 0;
    if was_all && conclusion.num_failed == 0 {
        let readme = fs::read_to_string(README).unwrap();
        fs::write(README, with_table(&readme)).unwrap();
    }
}

/// The table says what the suite runs: a scenario more has to run on every CLI to be in it.
pub(crate) fn are_current() {
    let readme = fs::read_to_string(README).unwrap();
    assert_eq!(
        readme,
        with_table(&readme),
        "run `make test-matrix`: {README} has another table of versions than the suite"
    );
}

fn with_table(readme: &str) -> String {
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{BEGIN}\n{}\n{END}{after}", table())
}

/// A line for each kind of scenario, with how many of them each CLI runs.
fn table() -> String {
    let clis = || matrix::CLIS.iter().map(|(cli, _)| *cli);
    let groups = || Part::ALL.iter().flat_map(|part| part.groups());
    let mut modules: Vec<&str> = Vec::new();
    for group in groups() {
        if !modules.contains(&group.module) {
            modules.push(group.module);
        }
    }
    let mut table = String::from("| scenarios |");
    let mut previous = "";
    for cli in clis() {
        let program = cli.name();
        if program == previous {
            write!(table, " {} |", cli.version).unwrap();
        } else {
            write!(table, " {program} {} |", cli.version).unwrap();
        }
        previous = program;
    }
    table.push_str("\n|---|");
    table.push_str(&"--:|".repeat(clis().count()));
    for module in modules {
        write!(table, "\n| {} |", module.replace('_', " ")).unwrap();
        for cli in clis() {
            let count: usize = groups()
                .filter(|group| group.module == module && group.runs_on(cli))
                .map(|group| group.scenarios.len())
                .sum();
            match count {
                0 => table.push_str(" – |"),
                count => write!(table, " {count} |").unwrap(),
            }
        }
    }
    table.push('\n');
    table
}
