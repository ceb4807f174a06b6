//! What a configuration may not say, checked before anything is sent.
//!
//! Unknown values are skipped: the CLI asks again once they are known. Each error sits on its own
//! attribute and tells what was given and what is allowed; a secret is never repeated.
//!
//! - `passthrough`, `tags`: what all variants share; `name`: what is asked of a new name, which the plan
//!   tells from an old one.
//! - `exactly_one_variant`: one of `https`, `tls` and so on. The rule of each attribute inside it, such
//!   as the range of a port, stands in `variants/setting.rs`.
//! - `write_only`: write-only secrets.

mod exactly_one_variant;
mod name;
mod passthrough;
mod tags;
mod write_only;

pub(super) use self::name::name;

use crate::{
    messages::timeouts,
    protocol::{Diagnostics, Validate},
};

/// Checks a whole configuration.
pub(super) fn validate(request: &Validate, diagnostics: &mut Diagnostics) {
    let config = &request.config;
    passthrough::validate(config, diagnostics);
    tags::validate(config, diagnostics);
    timeouts::validate(config, diagnostics);
    exactly_one_variant::validate(config, diagnostics);
    write_only::validate(config, request.write_only_allowed, diagnostics);
}
