//! Write-only secrets: not beside the plain one, not without a value, not on a CLI that would store
//! them.

use crate::{
    connector::{
        checks::invalid,
        secrets::{self, WriteOnly},
    },
    onomondo::Kind,
    protocol::{AttributePath, Diagnostic, Diagnostics, Value},
};

pub(super) fn validate(config: &Value, allowed: bool, diagnostics: &mut Diagnostics) {
    for kind in Kind::ALL {
        let variant = config.get(kind.as_str());
        let path = AttributePath::from([kind.as_str()]);
        for secret in secrets::of(kind) {
            let Some(write_only) = secret.write_only else {
                continue;
            };
            let value = variant.get(write_only.value);
            if !value.is_null() && !allowed {
                diagnostics.push(too_old(secret.attribute, write_only.value, &path));
            } else if !value.is_null() && !variant.get(secret.attribute).is_null() {
                diagnostics.push(both(secret.attribute, write_only.value, &path));
            }
            version(variant, write_only, &path, diagnostics);
        }
    }
}

fn version(
    variant: &Value,
    write_only: WriteOnly,
    path: &AttributePath,
    diagnostics: &mut Diagnostics,
) {
    let version = variant.get(write_only.version);
    let path = path.attribute(write_only.version);
    if let Some(number) = version
        .as_number()
        .filter(|number| number.to_i64().is_none())
    {
        let detail = format!("`{path}` is `{number}`. It must be a whole number.");
        diagnostics.push(invalid(&path, detail));
    }
    if !version.is_null() && variant.get(write_only.value).is_null() {
        let value = write_only.value;
        let detail =
            format!("`{path}` is the version of `{value}`, which is not set. Set both or none.");
        diagnostics.push(invalid(&path, detail));
    }
}

fn too_old(attribute: &str, value: &str, path: &AttributePath) -> Diagnostic {
    let detail = format!(
        "`{value}` is write-only, which this version of the CLI does not know: it would store the \
         value in plan and state. Write-only attributes need Terraform 1.11 or later, or OpenTofu 1.11 \
         or later. Use one of these, or `{attribute}`, whose value is stored."
    );
    Diagnostic::error(format!("`{value}` needs a newer CLI"), detail).at(path.attribute(value))
}

fn both(attribute: &str, value: &str, path: &AttributePath) -> Diagnostic {
    let detail = format!(
        "`{attribute}` and `{value}` are both set, and they are the same secret. Keep `{value}`: \
         its value is not stored in the state."
    );
    let title = format!("`{attribute}` and `{value}` exclude each other");
    Diagnostic::error(title, detail).at(path.attribute(value))
}
