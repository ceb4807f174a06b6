//! Messages about connectors that add to those of `messages::failure`: renames, types, secrets that
//! Onomondo did not store, and deletes. `taken_name`: creating a connector with a name that already
//! exists.

use std::time::Duration;

use crate::{
    messages::failure::{self, sentence},
    onomondo::{Error, Refusal, StillMapped, WaitEnd},
    protocol::{AttributePath, Diagnostic},
};

mod taken_name;

pub(super) use taken_name::{Whose, already_exists, name_taken, names_not_checked};

use super::{
    model::attributes::{NAME, PASSTHROUGH, TAGS},
    variants::{self, Secret, Variant},
};

/// The error for a verb (`read`, `delete`, …) that failed on this connector.
pub(super) fn diagnostic(error: &Error, verb: &str, name: &str) -> Diagnostic {
    failure::diagnostic(error, &format!("{verb} connector `{name}`"))
}

/// The error for a failed read of this connector. If the list could not be read, all other reads
/// share the failure.
pub(super) fn of_read(error: &Error, name: &str) -> Diagnostic {
    let mut diagnostic = diagnostic(error, "read", name);
    if error.affects_all_reads() {
        diagnostic.detail.push_str(
            " The provider reads all connectors with one request, so this error affects all of them.",
        );
    }
    diagnostic
}

/// The error for a failed create. If `name` is `None`, Onomondo chooses the name.
pub(super) fn of_create(error: &Error, name: Option<&str>, variant: &Variant) -> Diagnostic {
    let what = match name {
        Some(name) => format!("create connector `{name}`"),
        None => "create a connector".to_owned(),
    };
    failure::diagnostic(error, &what).at(rejected(error, Some(variant)))
}

/// The error for a failed update. `renames` says whether the update has a new name.
pub(super) fn of_update(
    error: &Error,
    name: &str,
    variant: Option<&Variant>,
    renames: bool,
) -> Diagnostic {
    let what = format!("update connector `{name}`");
    match error {
        Error::NotFound(_) => failure::with(error, &what, "it no longer exists", &gone(name)),
        Error::Conflict(_) if renames => failure::of_rename(error, &what).at([NAME.name()]),
        Error::NameTaken { .. } => failure::diagnostic(error, &what).at([NAME.name()]),
        _ => failure::diagnostic(error, &what).at(rejected(error, variant)),
    }
}

/// The attribute that the API rejects, if it names one.
fn rejected(error: &Error, variant: Option<&Variant>) -> AttributePath {
    match error {
        Error::Invalid(refusal) | Error::Conflict(refusal) => path(refusal, variant),
        _ => AttributePath::root(),
    }
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
            "Onomondo created the connector with the name `{got}`. It is in state under that name, \
             marked as tainted, so the next apply would replace it. To keep it, set `name` to \
             `{got}` and run `terraform untaint` or `tofu untaint` on the resource."
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
             not in the configuration, or that `ignore_changes` names. Now it is not set: Onomondo \
             does not keep a secret that an update omits. Set `{attribute}` in the configuration, \
             do not ignore its changes, and apply again."
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
            " SIMs that are mapped to it{total}: `{}`.",
            sims.first.join("`, `")
        )
    });
    let (waited, wait) = match kept.end {
        WaitEnd::NoLimit => (
            String::new(),
            "apply again. To make the provider wait for that, set `timeouts.delete` and apply it \
             first, because a delete reads it from state",
        ),
        WaitEnd::NoSims => (
            " Onomondo lists no SIM that is mapped to it.".to_owned(),
            "apply again",
        ),
        WaitEnd::TimeLimit(time) => (
            waited(time, "the limit that `timeouts.delete` sets"),
            "apply again",
        ),
        WaitEnd::Interrupt(time) => (waited(time, "until it was interrupted"), "apply again"),
    };
    let error = Error::Forbidden(Box::new(kept.refusal.clone()));
    Diagnostic::error(
        format!("Connector `{name}` cannot be deleted"),
        format!(
            "{}.\n\nOnomondo deletes a connector only when no SIM is mapped to \
             it.{waited}{listed}\n\nAn `onomondo_connector_sims` resource unmaps its SIMs before the \
             connector is deleted if its `connector` argument refers to the `name` of this \
             connector. To replace the connector, also set `replace_triggered_by` in the \
             `lifecycle` block of that `onomondo_connector_sims` resource. Unmap all other SIMs, \
             or map them to another connector, and {wait}. If no SIM is mapped, the API key may \
             not be allowed to delete this connector.",
            sentence(&error.to_string()),
        ),
    )
}

/// A sentence about a wait for SIMs. Whole seconds are precise enough.
fn waited(time: Duration, end: &str) -> String {
    let time = Duration::from_secs_f64(time.as_secs_f64().round());
    let time = humantime::format_duration(time);
    format!(" The provider waited {time} for the SIMs to be unmapped, {end}.")
}
