//! Every scenario on every CLI that supports it.

use libtest_mimic::Trial;

use crate::cli::Cli;
use crate::suite::Part::{self, Adoption, Connectors, SecretsAndStates};

/// The CLIs, with the parts of the suite that each runs in `make test`. `make test-matrix` runs all
/// parts.
pub(crate) const CLIS: [(Cli, &[Part]); 12] = [
    (Cli::terraform("1.6.6"), &[Adoption]),
    (Cli::terraform("1.8.4"), &[SecretsAndStates]),
    (Cli::terraform("1.9.8"), &[]),
    (Cli::terraform("1.10.5"), &[]),
    (Cli::terraform("1.11.4"), &[SecretsAndStates]),
    (Cli::terraform("1.12.2"), &[]),
    (Cli::terraform("1.13.5"), &[]),
    (Cli::terraform("1.14.9"), &[Adoption]),
    (Cli::terraform("1.15.5"), &Part::ALL),
    (Cli::opentofu("1.10"), &[]),
    (Cli::opentofu("1.11"), &[]),
    (
        Cli::opentofu("1.12"),
        &[Connectors, SecretsAndStates, Adoption],
    ),
];

/// Every scenario on every CLI that supports it, such as `terraform_1_15_5::lifecycle::https`.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (cli, everyday) in CLIS {
        let version = cli.version.replace('.', "_");
        let program = cli.name().to_lowercase();
        for part in Part::ALL {
            let is_everyday = everyday.contains(&part);
            for group in part.groups().iter().filter(|group| group.runs_on(cli)) {
                for (scenario, run) in group.scenarios {
                    let name = format!("{program}_{version}::{}::{scenario}", group.module);
                    let trial = crate::trial(&name, move || run(cli));
                    trials.push(trial.with_ignored_flag(!is_everyday));
                }
            }
        }
    }
    trials
}
