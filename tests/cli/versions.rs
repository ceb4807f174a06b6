//! The pages' statements about CLIs: the table of scenarios in `CONTRIBUTING.md`, written by a
//! passing run of all scenarios, and the tables of features with the oldest CLI that has each.

use std::fmt::Write;
use std::fs;

use libtest_mimic::Conclusion;

use crate::cli::Cli;
use crate::feature::{self, Feature};
use crate::matrix;
use crate::suite::Part;

const CONTRIBUTING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/CONTRIBUTING.md");
const BEGIN: &str = "<!-- written by `make test-matrix` -->\n";
const END: &str = "<!-- end -->\n";

/// The pages with a table of features.
const PAGES: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/README.md"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/docs/index.md"),
];

/// Each feature is a row under this header. The first row is for features of all CLIs.
const FEATURES_HEADER: &str = "| Feature | Terraform | OpenTofu |\n|---|---|---|\n";
const FEATURES: [&Feature; 4] = [
    &feature::MOVED_ACROSS_TYPES,
    &feature::WRITE_ONLY,
    &feature::IDENTITY,
    &feature::QUERY,
];

/// Whether to write the table, as `make test-matrix` requests.
pub(crate) fn are_wanted() -> bool {
    std::env::var_os("WRITE_VERSIONS").is_some()
}

/// Writes the table after every scenario passed on every CLI.
pub(crate) fn write(conclusion: &Conclusion) {
    let was_all = conclusion.num_filtered_out == 0 && conclusion.num_ignored == 0;
    if was_all && conclusion.num_failed == 0 {
        let page = fs::read_to_string(CONTRIBUTING).unwrap();
        fs::write(CONTRIBUTING, with_table(&page)).unwrap();
    }
}

/// The table matches the suite. A new scenario must run on every CLI to appear in the table.
pub(crate) fn are_current() {
    let page = fs::read_to_string(CONTRIBUTING).unwrap();
    assert_eq!(
        page,
        with_table(&page),
        "run `make test-matrix`: {CONTRIBUTING} has another table of versions than the suite"
    );
}

/// The tables of features name the same CLIs as the suite.
pub(crate) fn features_are_current() {
    let mut expected = vec![[
        Some(oldest(Cli::is_terraform)),
        Some(oldest(|cli| !cli.is_terraform())),
    ]];
    expected.extend(FEATURES.map(|feature| [feature.terraform, feature.opentofu]));
    let expected: Vec<_> = expected
        .iter()
        .map(|row| row.map(|minor| minor.map_or_else(|| "–".to_owned(), |it| format!("1.{it}"))))
        .collect();
    for page in PAGES {
        let text = fs::read_to_string(page).unwrap();
        let (_, table) = text.split_once(FEATURES_HEADER).unwrap();
        let rows = table.lines().take_while(|line| line.starts_with('|'));
        let found: Vec<_> = rows
            .map(|row| {
                let cells: Vec<_> = row.split('|').map(str::trim).collect();
                [cells[2].to_owned(), cells[3].to_owned()]
            })
            .collect();
        assert_eq!(found, expected, "{page}");
    }
}

/// The minor version of a program's oldest CLI in the suite.
fn oldest(is_program: impl Fn(Cli) -> bool) -> u32 {
    let clis = matrix::CLIS.iter().map(|(cli, _)| *cli);
    let minors = clis.filter(|cli| is_program(*cli)).map(Cli::minor);
    minors.min().unwrap()
}

fn with_table(page: &str) -> String {
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    format!("{before}{BEGIN}\n{}\n{END}{after}", table())
}
/// One line for each kind of scenario, with the number that each CLI runs.
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
