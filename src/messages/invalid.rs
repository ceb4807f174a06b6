//! Errors about values in a configuration.

use std::ops::RangeInclusive;

use crate::protocol::{AttributePath, Diagnostic, Diagnostics, Number, Value};

/// An error with the attribute's name in its title.
pub(crate) fn invalid(path: &AttributePath, detail: impl Into<String>) -> Diagnostic {
    Diagnostic::error(format!("Invalid `{path}`"), detail).at(path.clone())
}

/// Quotes a user's text for a message.
pub(crate) fn quoted(text: &str) -> String {
    if text.is_empty() {
        "empty".to_owned()
    } else {
        // A line break or an escape sequence must not break the message.
        format!("`{}`", text.replace(char::is_control, "\u{fffd}"))
    }
}

/// Lists names in backticks: `a` or `b`, and `a`, `b`, or `c`.
pub(crate) fn enumerated(names: &[&str], conjunction: &str) -> String {
    let names: Vec<_> = names.iter().map(|name| quoted(name)).collect();
    match names.split_last() {
        Some((name, [other])) => format!("{other} {conjunction} {name}"),
        Some((name, rest)) if !rest.is_empty() => {
            format!("{}, {conjunction} {name}", rest.join(", "))
        }
        _ => names.concat(),
    }
}

/// Checks that required attributes are not null. The CLI only makes sure that they are present.
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
        diagnostics.push(invalid(&path, format!("`{path}` is null. Set a value.")));
    }
}

/// Checks that a text is not empty.
pub(crate) fn not_empty(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    if text.trim().is_empty() {
        diagnostics.push(invalid(path, format!("`{path}` is empty. Set a value.")));
    }
}

/// Checks for white space at either end: nobody wants it, but the API would keep it.
pub(crate) fn trimmed(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    not_empty(text, path, diagnostics);
    if !text.trim().is_empty() && text.trim() != text {
        let detail = format!(
            "`{path}` starts or ends with white space, such as a line break at the end of a file. \
             Remove it, for example with `trimspace`."
        );
        diagnostics.push(invalid(path, detail));
    }
}

/// Checks that a text is one of the allowed words.
pub(crate) fn one_of(
    given: &str,
    path: &AttributePath,
    allowed: &[&str],
    diagnostics: &mut Diagnostics,
) {
    if !allowed.contains(&given) {
        let allowed = enumerated(allowed, "or");
        let detail = format!("`{path}` is {}. It must be {allowed}.", quoted(given));
        diagnostics.push(invalid(path, detail));
    }
}

/// Checks that a number is whole and in a range.
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
