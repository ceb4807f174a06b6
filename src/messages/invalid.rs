//! Values that a configuration may not have.

use std::ops::RangeInclusive;

use crate::protocol::{AttributePath, Diagnostic, Diagnostics, Number, Value};

/// An error that names its attribute in the title.
pub(crate) fn invalid(path: &AttributePath, detail: impl Into<String>) -> Diagnostic {
    Diagnostic::error(format!("Invalid `{path}`"), detail).at(path.clone())
}

/// A given text as a message quotes it.
pub(crate) fn quoted(text: &str) -> String {
    if text.is_empty() {
        "empty".to_owned()
    } else {
        // A line break or an escape sequence must not spoil the message.
        format!("`{}`", text.replace(char::is_control, "\u{fffd}"))
    }
}

/// Names in backticks: `a`, `b` or `c`.
pub(crate) fn enumerated(names: &[&str], conjunction: &str) -> String {
    let names: Vec<_> = names.iter().map(|name| quoted(name)).collect();
    match names.split_last() {
        Some((name, rest)) if !rest.is_empty() => {
            format!("{} {conjunction} {name}", rest.join(", "))
        }
        _ => names.concat(),
    }
}

/// Attributes that an object must have. The CLI makes sure that they are there, not that they are
/// not null.
pub(crate) fn not_null(
    object: &Value,
    path: &AttributePath,
    names: &[&str],
    diagnostics: &mut Diagnostics,
) {
    if object.as_map().is_none() {
        return;
    }
    for name in names.iter().filter(|name| object.get(name).is_null()) {
        let path = path.attribute(*name);
        diagnostics.push(invalid(
            &path,
            format!("`{path}` is null. Give it a value."),
        ));
    }
}

/// A text that says something.
pub(crate) fn not_empty(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    if text.trim().is_empty() {
        diagnostics.push(invalid(
            path,
            format!("`{path}` is empty. Give it a value."),
        ));
    }
}

/// A text without white space at either end, where nobody means it and the API keeps it.
pub(crate) fn trimmed(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    not_empty(text, path, diagnostics);
    if !text.trim().is_empty() && text.trim() != text {
        let detail = format!(
            "`{path}` begins or ends with white space, such as a line break at the end of a file. Remove \
             it, for example with `trimspace`."
        );
        diagnostics.push(invalid(path, detail));
    }
}

/// One of a few words.
pub(crate) fn one_of(
    given: &str,
    path: &AttributePath,
    allowed: &[&str],
    diagnostics: &mut Diagnostics,
) {
    if !allowed.contains(&given) {
        let allowed = enumerated(allowed, "or");
        let detail = format!("`{path}` is {given:?}. It must be {allowed}.");
        diagnostics.push(invalid(path, detail));
    }
}

/// A whole number in a range.
pub(crate) fn whole_number(
    number: &Number,
    path: &AttributePath,
    range: RangeInclusive<i64>,
    diagnostics: &mut Diagnostics,
) {
    if !number
        .to_i64()
        .is_some_and(|number| range.contains(&number))
    {
        let (least, most) = range.into_inner();
        let detail = format!(
            "`{path}` is `{number:.40}`. It must be a whole number from {least} to {most}."
        );
        diagnostics.push(invalid(path, detail));
    }
}
