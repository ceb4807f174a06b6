//! What a configuration may not say, checked before anything is sent.
//!
//! Unknown values are skipped: the CLI asks again once they are known. Each error sits on its own
//! attribute and tells what was given and what is allowed; a secret is never repeated.

mod pem;
mod secrets;
mod shared;
mod variants;
mod write_only;

use crate::protocol::{Diagnostic, Diagnostics, Validate};

/// Checks a whole configuration.
pub(super) fn validate(request: &Validate, diagnostics: &mut Diagnostics) {
    let config = &request.config;
    for name in ["type", "meta"] {
        // The CLI lets a value for a computed attribute pass.
        if !config.get(name).is_null() {
            let detail =
                format!("`{name}` is set by the provider. Remove it from the configuration.");
            diagnostics
                .push(Diagnostic::error(format!("`{name}` cannot be set"), detail).at([name]));
        }
    }
    shared::validate(config, diagnostics);
    variants::validate(config, diagnostics);
    write_only::validate(config, request.write_only_allowed, diagnostics);
}
