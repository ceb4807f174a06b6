//! What a configuration may not say, checked before anything is sent.
//!
//! Unknown values are skipped: the CLI asks again once they are known. Each error sits on its own
//! attribute and tells what was given and what is allowed; a secret is never repeated.

mod pem;
mod secrets;
mod shared;
mod variants;
mod write_only;

pub(super) use shared::name;

use crate::protocol::{Diagnostics, Validate};

/// Checks a whole configuration.
pub(super) fn validate(request: &Validate, diagnostics: &mut Diagnostics) {
    let config = &request.config;
    shared::validate(config, diagnostics);
    variants::validate(config, diagnostics);
    write_only::validate(config, request.write_only_allowed, diagnostics);
}
