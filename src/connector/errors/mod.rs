//! Messages about connectors that add to those of `messages::failure`: renames, types, secrets that
//! Onomondo did not store, and deletes. `taken_name`: creates of a name that exists already.

use std::time::Duration;

use crate::{
    messages::failure::{self, sentence},
    onomondo::{Error, Refusal, StillMapped},
    protocol::{AttributePath, Diagnostic},
};

mod taken_name;

pub(super) use taken_name::{Whose, already_exists, name_taken, names_not_checked};

use super::{
    model::attributes::{NAME, PASSTHROUGH, TAGS},
    variants::{self, Secret, Variant},
};

/// The error for a verb (`create`, `read`, …) that failed on this connector.
pub(super) fn diagnostic(error: &Error, verb: &str, name: &str) -> Diagnostic {
    of_write(error, verb, name, None)
}

/// The error for a failed read of this connector. If the list could not be read, all other reads
/// share the failure.
pub(super) fn of_read(error: &Error, name: &str) -> Diagnostic {
    let mut diagnostic = diagnostic(error, "read", name);
    let is_of_some = matches!(
        error,
        Error::OddEntry { .. }
            | Error::NamelessEntry { .. }
            | Error::DuplicateName { .. }
            | Error::ListTruncated { .. }
            | Error::DeadlineExceeded { .. }
            | Error::Stopped { .. }
    );
    if !is_of_some {
        diagnostic.detail.push_str(
            " The provider reads all connectors with one request, so this error affects all of them.",
        );
    }
    diagnostic
}

/// The error for a failed write of options of this type. The API may reject one of them.
pub(super) fn of_write(
    error: &Error,
    verb: &str,
    name: &str,
    variant: Option<&Variant>,
) -> Diagnostic {
    let what = format!("{verb} connector `{name}`");
    let diagnostic = match error {
        Error::NotFound(_) if verb == "update" => {
            failure::with(error, &what, "it no longer exists", &gone(name))
        }
        _ => failure::diagnostic(error, &what),
    };
    let path = match error {
        Error::Invalid(refusal) => path(refusal, variant),
        Error::Conflict(_) | Error::NameTaken { .. } => [NAME.name()].into(),
        _ => AttributePath::root(),
    };
    diagnostic.at(path)
}

fn gone(name: &str) -> String {
    format!(
        "Connector `{name}` was deleted or renamed outside of Terraform after the last refresh. \
         Run plan again to see the changes that are needed."
    )
}

/// The attribute that a refusal names, if any: `name`, `options.host`, `tags[0]`.
fn path(refusal: &Refusal, variant: Option<&Variant>) -> AttributePath {
    let member = refusal.reason.member.as_deref().unwrap_or_default();
    let mut steps = member
        .split(['.', '/', '[', ']'])
        .filter(|step| !step.is_empty());
    let shared = [NAME.name(), TAGS.name(), PASSTHROUGH.name()];
    match (steps.next(), variant) {
        (Some(name), _) if shared.contains(&name) => [name].into(),
        (Some("options"), Some(variant)) => {
            let path = AttributePath::from([variant.name()]);
            let attribute = steps.next().and_then(|member| variant.attribute_of(member));
            attribute.map_or(path.clone(), |attribute| path.attribute(attribute))
        }
        _ => AttributePath::root(),
    }
}

pub(super) fn no_variant() -> Diagnostic {
    let detail = format!("Set exactly one of {}.", variants::names("and"));
    Diagnostic::error("No connector type", detail)
}

pub(super) fn named_otherwise(wanted: &str, got: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Onomondo gave connector `{wanted}` a different name"),
        format!(
            "Onomondo created the connector under the name `{got}`. State contains it under that \
             name and marks it for replacement. To keep it, set `name` to `{got}` and run \
             `untaint` on the resource."
        ),
    )
    .at([NAME.name()])
}

pub(super) fn not_renamed(from: &str, to: &str, got: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Onomondo did not rename connector `{from}`"),
        format!(
            "Onomondo accepted the request to rename the connector to `{to}`, but its name is \
             still `{got}`. State contains that name. Set `name` back to `{got}`, or create a new \
             connector, map the SIMs to it, and delete this one."
        ),
    )
    .at([NAME.name()])
}

pub(super) fn not_retyped(name: &str, got: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Onomondo did not change the type of connector `{name}`"),
        format!(
            "Onomondo accepted the request, but the type of the connector is still `{got}`. State \
             contains that type. When no SIM is mapped to the connector, replace it with \
             `-replace`."
        ),
    )
}

/// A create did not store the secret. A warning, since an error would mark the connector for
/// replacement.
pub(super) fn not_taken_yet(name: &str, variant: &Variant, secret: &Secret) -> Diagnostic {
    let attribute = secret.name();
    Diagnostic::warning(
        format!("Onomondo did not store `{attribute}` of connector `{name}`"),
        format!(
            "The provider created the connector and sent `{attribute}`, but Onomondo reports that \
             it is not set. The next plan shows this, and the next apply sends `{attribute}` \
             again."
        ),
    )
    .at([variant.name()])
}

/// An update sent the secret, but it is not set.
pub(super) fn not_taken(name: &str, variant: &Variant, secret: &Secret) -> Diagnostic {
    let attribute = secret.name();
    Diagnostic::error(
        format!("Onomondo did not store `{attribute}` of connector `{name}`"),
        format!(
            "The provider sent `{attribute}`, but Onomondo reports that it is not set. The rest \
             of the update succeeded. Apply again to send `{attribute}` once more."
        ),
    )
    .at([variant.name()])
}

/// An update did not send the secret, which was set before. It is gone.
pub(super) fn lost(name: &str, variant: &Variant, secret: &Secret) -> Diagnostic {
    let attribute = secret.name();
    Diagnostic::error(
        format!("Onomondo did not keep `{attribute}` of connector `{name}`"),
        format!(
            "Before this update, Onomondo had a value for `{attribute}` of this connector that is \
             not in the configuration. Now it is not set: Onomondo does not keep a secret that an \
             update omits. Set `{attribute}` in the configuration and apply again."
        ),
    )
    .at([variant.name()])
}

/// The error for a 403 on a delete, documented as "still mapped to some SIMs".
pub(super) fn still_mapped(kept: &StillMapped, name: &str) -> Diagnostic {
    let sims = kept.sims.as_ref().filter(|sims| !sims.first.is_empty());
    let listed = sims.map_or_else(String::new, |sims| {
        let total = sims
            .total
            .map_or_else(String::new, |total| format!(" ({total} in total)"));
        format!(
            " SIMs that are mapped to it{total}: {}.",
            sims.first.join(", ")
        )
    });
    let waited = kept.waited.map(|waited| {
        // Whole seconds are precise enough.
        let waited = Duration::from_secs_f64(waited.as_secs_f64().round());
        let waited = humantime::format_duration(waited);
        let end = if kept.interrupted {
            "until it was interrupted"
        } else {
            "the limit that `timeouts.delete` sets"
        };
        format!(" The provider waited {waited} for the SIMs to be unmapped, {end}.")
    });
    let wait = match waited {
        Some(_) => "apply again",
        None => {
            "apply again. To make the provider wait for that, set `timeouts.delete` and apply it \
             first, because a delete reads it from state"
        }
    };
    let error = Error::Forbidden(Box::new(kept.refusal.clone()));
    Diagnostic::error(
        format!("Connector `{name}` cannot be deleted"),
        format!(
            "{}.\n\nOnomondo deletes a connector only when no SIM is mapped to \
             it.{}{listed}\n\nA resource `onomondo_connector_sims` unmaps its SIMs before the \
             connector is deleted if its `connector` argument refers to the `name` of this \
             connector. To replace the connector, also set `replace_triggered_by` in the \
             `lifecycle` block of that `onomondo_connector_sims` resource. Unmap all other SIMs, \
             or map them to another connector, and {wait}. If no SIM is mapped, the API key may \
             not be allowed to delete this connector.",
            sentence(&error.to_string()),
            waited.unwrap_or_default(),
        ),
    )
}
