//! The features of CLIs and the versions that introduced them. No other file lists them.

use crate::cli::Cli;

/// A feature that some CLIs do not have.
pub(crate) struct Feature {
    /// The minor version of Terraform 1.x that introduced it.
    pub(crate) terraform: Option<u32>,
    /// The minor version of OpenTofu 1.x that introduced it.
    pub(crate) opentofu: Option<u32>,
}

/// `mock_provider` and overrides in `terraform test`.
pub(crate) const MOCKS: Feature = Feature::since(Some(7), Some(8));
/// `removed` blocks whose `lifecycle` disables the destroy.
pub(crate) const REMOVED: Feature = Feature::since(Some(7), Some(10));
pub(crate) const MOVED_ACROSS_TYPES: Feature = Feature::since(Some(8), Some(10));
pub(crate) const WRITE_ONLY: Feature = Feature::since(Some(11), Some(11));
pub(crate) const IDENTITY: Feature = Feature::since(Some(12), Some(12));
pub(crate) const QUERY: Feature = Feature::since(Some(14), None);

/// A diagnostic about `tls.port` points to the line of `port`. Without this feature, a diagnostic
/// about anything inside a nested attribute points to the resource.
pub(crate) const POINTS_INTO_NESTED_ATTRIBUTES: Feature = Feature::since(Some(15), None);

impl Feature {
    const fn since(terraform: Option<u32>, opentofu: Option<u32>) -> Self {
        Self {
            terraform,
            opentofu,
        }
    }

    pub(crate) fn is_in(&self, cli: Cli) -> bool {
        let brought = if cli.is_terraform() {
            self.terraform
        } else {
            self.opentofu
        };
        brought.is_some_and(|minor| cli.minor() >= minor)
    }
}

/// A condition on the CLI of a scenario.
pub(crate) enum Need {
    Has(Feature),
    /// For scenarios about how a CLI behaves without the feature.
    Lacks(Feature),
}

impl Need {
    pub(crate) fn is_met_by(&self, cli: Cli) -> bool {
        match self {
            Self::Has(feature) => feature.is_in(cli),
            Self::Lacks(feature) => !feature.is_in(cli),
        }
    }
}
