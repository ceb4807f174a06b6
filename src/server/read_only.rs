//! Attributes that only the provider sets. The CLI accepts a value for one, then ignores it.

use crate::protocol::{Diagnostic, Diagnostics, Schema, Value};

/// Returns an error for each such attribute that the configuration sets.
pub(super) fn set_ones(schema: &Schema, config: &Value) -> Diagnostics {
    let mut errors = Diagnostics::default();
    for name in schema
        .read_only()
        .filter(|name| !config.get(name).is_null())
    {
        let title = format!("`{name}` cannot be set");
        let detail =
            format!("The provider sets `{name}` itself. Remove it from the configuration.");
        errors.push(Diagnostic::error(title, detail).at([name]));
    }
    errors
}
