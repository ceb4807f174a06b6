//! Checks that several attributes share.

use std::ops::RangeInclusive;

use uuid::Uuid;

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
        // A line break or an escape sequence must not spoil the message.
        format!("`{}`", text.replace(char::is_control, "\u{fffd}"))
    }
}

/// Whether a text is the ID of a tag: a UUID in the form with hyphens, the only one the API knows.
pub(super) fn is_tag_id(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// Attributes that an object must have. The CLI makes sure that they are there, not that they are
/// not null.
pub(super) fn not_null(
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
        let detail = format!(
            "`{path}` is `{number:.40}`. It must be a whole number from {least} to {most}."
        );
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
