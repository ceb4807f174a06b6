//! Diagnostics: the errors and warnings that a user reads.

use super::{
    AttributePath,
    tfplugin6::{self, diagnostic::Severity},
};

/// One error or warning: what happened, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The title: one line without a period at the end.
    pub summary: String,
    /// The explanation, in full sentences.
    pub detail: String,
    /// The attribute that it concerns. The CLI shows its line. The root path stands for the whole
    /// block.
    pub path: AttributePath,
}

impl Diagnostic {
    /// An error about the whole block.
    pub fn error(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            summary: summary.into(),
            detail: detail.into(),
            path: AttributePath::root(),
        }
    }

    /// A warning about the whole block.
    pub fn warning(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(summary, detail)
        }
    }

    /// Attaches the diagnostic to an attribute.
    #[must_use]
    pub fn at(mut self, path: impl Into<AttributePath>) -> Self {
        self.path = path.into();
        self
    }

    /// Whether it is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// All diagnostics of one call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether there is at least one error.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.0.iter().any(Diagnostic::is_error)
    }

    /// The diagnostics, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Converts the diagnostics to protocol messages.
    #[must_use]
    pub fn into_proto(self) -> Vec<tfplugin6::Diagnostic> {
        let diagnostics = self.0.into_iter().map(|diagnostic| tfplugin6::Diagnostic {
            severity: diagnostic.severity.into(),
            summary: diagnostic.summary,
            detail: diagnostic.detail,
            attribute: diagnostic.path.to_proto(),
        });
        diagnostics.collect()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
