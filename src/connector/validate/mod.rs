//! Checks a configuration before anything is sent.
//!
//! Unknown values are skipped: the CLI validates again once they are known. Each error is on its
//! own attribute. It says what was given and what is allowed, but never repeats a secret.
//!
//! - `passthrough`, `tags`: attributes that all variants share; `name`: the rule for a new name.
//!   The plan distinguishes new names from old ones.
//! - `exactly_one_variant`: one of `https`, `tls` and so on. The rules of their attributes, such as
//!   the range of a port, are in `variants/setting.rs`.
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
