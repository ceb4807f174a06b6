//! Write-only secrets. They cannot be combined with the plain attribute, need a value, and need a
//! CLI that does not store them.

use crate::{
    connector::variants::{self, WriteOnly},
    messages::invalid::invalid,
    protocol::{AttributePath, Diagnostic, Diagnostics, Given, Value},
};

pub(super) fn validate(config: &Value, allowed: bool, diagnostics: &mut Diagnostics) {
    for variant in variants::ALL {
        let Given::Known(object) = variant.field().of(config) else {
            continue;
        };
        let path = AttributePath::from([variant.name()]);
        for secret in variant.secrets() {
            let Some(pair) = secret.pair() else {
                continue;
            };
            let (name, value) = (secret.name(), pair.value.name());
            let is_set = !pair.value.of(object).is_null();
            if is_set && !allowed {
                diagnostics.push(too_old(name, value, &path));
            } else if is_set && !secret.plain().of(object).is_null() {
                diagnostics.push(both(name, value, &path));
            }
            version(object, pair, &path, diagnostics);
        }
    }
}

fn version(object: &Value, pair: WriteOnly, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let version = pair.version.of(object);
    let path = path.attribute(pair.version.name());
    if let Given::Known(number) = version
        && number.to_i64().is_none()
    {
        let detail = format!("`{path}` is `{number}`. It must be a whole number.");
        diagnostics.push(invalid(&path, detail));
    }
    if !version.is_null() && pair.value.of(object).is_null() {
        let value = pair.value.name();
        let detail = format!(
            "`{path}` is the version of `{value}`, which is not set. Set both or neither.",
        );
        diagnostics.push(invalid(&path, detail));
    }
}

fn too_old(attribute: &str, value: &str, path: &AttributePath) -> Diagnostic {
    let detail = format!(
        "This version of the CLI does not support write-only attributes and would store `{value}` \
         in plan and state. Use Terraform 1.11 or later, or OpenTofu 1.11 or later. Or use \
         `{attribute}`, whose value is stored."
    );
    Diagnostic::error(format!("`{value}` requires a newer CLI"), detail).at(path.attribute(value))
}

fn both(attribute: &str, value: &str, path: &AttributePath) -> Diagnostic {
    let detail = format!(
        "`{attribute}` and `{value}` set the same secret. Keep `{value}`: its value is not stored \
         in state."
    );
    let title = format!("`{attribute}` and `{value}` cannot both be set");
    Diagnostic::error(title, detail).at(path.attribute(value))
}
