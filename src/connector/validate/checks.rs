//! Checks that several attributes share.

use std::ops::RangeInclusive;

use crate::protocol::{AttributePath, Diagnostic, Diagnostics, Value};

/// An error that names its attribute in the title.
pub(super) fn invalid(path: &AttributePath, detail: impl Into<String>) -> Diagnostic {
    Diagnostic::error(format!("Invalid `{path}`"), detail).at(path.clone())
}

/// A given text as a message quotes it.
pub(super) fn quoted(text: &str) -> String {
    if text.is_empty() {
        "empty".to_owned()
    } else {
        format!("`{}`", text.escape_debug())
    }
}

/// A port: a whole number in a range.
pub(super) fn port(
    value: &Value,
    path: &AttributePath,
    range: RangeInclusive<i64>,
    diagnostics: &mut Diagnostics,
) {
    let Some(number) = value.as_number() else {
        return;
    };
    if !number
        .to_i64()
        .is_some_and(|number| range.contains(&number))
    {
        let (least, most) = range.into_inner();
        let detail =
            format!("`{path}` is `{number}`. It must be a whole number from {least} to {most}.");
        diagnostics.push(invalid(path, detail));
    }
}

/// One of a few words.
pub(super) fn one_of(
    value: &Value,
    path: &AttributePath,
    allowed: &[&str],
    diagnostics: &mut Diagnostics,
) {
    if let Some(given) = value.as_str().filter(|given| !allowed.contains(given)) {
        let allowed = allowed
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>();
        let detail = format!(
            "`{path}` is {given:?}. It must be {}.",
            allowed.join(" or ")
        );
        diagnostics.push(invalid(path, detail));
    }
}

/// A text that says something.
pub(super) fn not_empty(value: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    if value.as_str().is_some_and(|text| text.trim().is_empty()) {
        diagnostics.push(invalid(
            path,
            format!("`{path}` is empty. Give it a value."),
        ));
    }
}
