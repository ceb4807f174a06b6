//! Values that a configuration may not have.

use crate::protocol::{AttributePath, Diagnostic, Diagnostics, Value};

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
pub(crate) fn not_empty(value: &Value, path: &AttributePath, diagnostics: &mut Diagnostics) {
    if value.as_str().is_some_and(|text| text.trim().is_empty()) {
        diagnostics.push(invalid(
            path,
            format!("`{path}` is empty. Give it a value."),
        ));
    }
}
