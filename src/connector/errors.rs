//! What went wrong with the API, as a user reads it: what happened, what the API said, what to do.

use std::time::Duration;

use crate::{
    messages::failure::{self, sentence},
    onomondo::{Error, Refusal, StillMapped},
    protocol::{AttributePath, Diagnostic},
};

use super::{
    TYPE_NAME,
    model::attributes::{NAME, PASSTHROUGH, TAGS},
    variants::{self, Secret, Variant},
};

/// The failure of a verb (`create`, `read`, …) on the connector of this name.
pub(super) fn diagnostic(error: &Error, verb: &str, name: &str) -> Diagnostic {
    of_write(error, verb, name, None)
}

/// The failure to read the connector of this name, and with it all others.
pub(super) fn of_read(error: &Error, name: &str) -> Diagnostic {
    let mut diagnostic = diagnostic(error, "read", name);
    diagnostic.detail.push_str(
        " All connectors are read from one list, so this message stands for each of them.",
    );
    diagnostic
}

/// The same for a write of options of this type, of which the API may not accept one.
pub(super) fn of_write(
    error: &Error,
    verb: &str,
    name: &str,
    variant: Option<&Variant>,
) -> Diagnostic {
    let what = format!("{verb} connector `{name}`");
    let diagnostic = match error {
        Error::NotFound(_) if verb == "update" => {
            failure::with(error, &what, "it is gone", &gone(name))
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
        "Connector `{name}` was deleted or renamed outside Terraform since it was last read. Run plan \
         again: it shows what is to be done."
    )
}

/// The attribute that a refusal is about, where it says so: `name`, `options.host`, `tags[0]`.
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

pub(super) fn already_exists(name: &str, refusal: Option<&Refusal>, is_ours: bool) -> Diagnostic {
    let said = refusal.map_or_else(String::new, |refusal| {
        format!("Onomondo refused to create it: {refusal}.\n\n")
    });
    Diagnostic::error(
        format!("Connector `{name}` exists already"),
        if is_ours {
            format!("{said}{}", ours(name))
        } else {
            format!("{said}{}\n\n{REPLACED}", adopt(name))
        },
    )
    .at([NAME.name()])
}

/// The same before apply, where there is still time to change it.
pub(super) fn name_taken(name: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("Connector `{name}` exists already"),
        format!("Apply will refuse to create it. {}", adopt(name)),
    )
    .at([NAME.name()])
}

/// The look before apply failed. Said once a plan, whatever the number of names.
pub(super) fn names_not_checked(error: &Error) -> Diagnostic {
    Diagnostic::warning(
        "Could not check whether the names of new connectors are taken",
        format!(
            "{}.\n\nThe plan asks for this once, and goes on without it. Apply checks each name again \
             before it creates a connector, and fails if the problem persists.",
            sentence(&error.to_string())
        ),
    )
}

/// Apply is not told whether a create is a replacement.
const REPLACED: &str = "If this apply replaces the connector, and `create_before_destroy` is set, do not \
                        import it. Onomondo allows each name once: change `name` as well, or remove \
                        `create_before_destroy`.";

fn ours(name: &str) -> String {
    format!(
        "This configuration already manages a connector named `{name}`, and this apply did not free the \
         name. Onomondo allows each name once, so a replacement with `create_before_destroy` needs \
         another `name`: change it, or remove `create_before_destroy`. Two blocks cannot have the same \
         `name`, either. If this apply deletes or renames that connector elsewhere, apply again."
    )
}

fn adopt(name: &str) -> String {
    format!(
        "The account already has a connector named `{name}`. To manage it from here, import it:\n\n  \
         import {{\n    to = {TYPE_NAME}.<the name of this block>\n    id = \"{name}\"\n  \
         }}\n\nOtherwise choose another `name`. An API key that is limited by tags may not see the connector."
    )
}

pub(super) fn named_otherwise(wanted: &str, got: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Onomondo named connector `{wanted}` otherwise"),
        format!(
            "The connector was created, but under the name `{got}`. It is in the state under that \
             name, marked for replacement. Set `name` to `{got}` and run `untaint` to keep it."
        ),
    )
    .at([NAME.name()])
}

pub(super) fn not_renamed(from: &str, to: &str, got: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Onomondo did not rename connector `{from}`"),
        format!(
            "The request to rename it to `{to}` was accepted, but the connector is still named \
             `{got}`, which is what the state says. Set `name` back to `{got}`, or create a new \
             connector, move the SIMs to it and remove this one."
        ),
    )
    .at([NAME.name()])
}

pub(super) fn not_retyped(name: &str, got: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Onomondo did not change the type of connector `{name}`"),
        format!(
            "The request was accepted, but the connector is still of type `{got}`, which is what \
             the state says. Replace it: `-replace`, once no SIM is mapped to it."
        ),
    )
}

/// After a create: a warning, since an error would mark the connector for replacement.
pub(super) fn not_taken_yet(name: &str, variant: &Variant, secret: &Secret) -> Diagnostic {
    let attribute = secret.name();
    Diagnostic::warning(
        format!("Onomondo did not take `{attribute}` of connector `{name}`"),
        format!(
            "The connector was created, and `{attribute}` was sent with it, but Onomondo says that \
             it is not set. The next plan shows it and apply sends it again."
        ),
    )
    .at([variant.name()])
}

/// After an update: one that was sent and is not set.
pub(super) fn not_taken(name: &str, variant: &Variant, secret: &Secret) -> Diagnostic {
    let attribute = secret.name();
    Diagnostic::error(
        format!("Onomondo did not take `{attribute}` of connector `{name}`"),
        format!(
            "`{attribute}` was sent, but Onomondo says that it is not set. The rest of the update \
             was made. Apply again: the plan shows `{attribute}` and sends it once more."
        ),
    )
    .at([variant.name()])
}

/// After an update: one that was set before, was not sent, and is gone.
pub(super) fn lost(name: &str, variant: &Variant, secret: &Secret) -> Diagnostic {
    let attribute = secret.name();
    Diagnostic::error(
        format!("Onomondo lost `{attribute}` of connector `{name}`"),
        format!(
            "Before this update Onomondo had a `{attribute}` for this connector, which the \
             configuration does not have; now it is not set. The API does not keep what an update \
             leaves out. Set `{attribute}` in the configuration and apply again."
        ),
    )
    .at([variant.name()])
}

/// 403 on a delete: documented as "still mapped to some SIMs".
pub(super) fn still_mapped(kept: &StillMapped, name: &str) -> Diagnostic {
    let sims = kept.sims.as_ref().filter(|sims| !sims.first.is_empty());
    let listed = sims.map_or_else(String::new, |sims| {
        let total = sims
            .total
            .map_or_else(String::new, |total| format!(" ({total} in all)"));
        format!(" Mapped to it{total}: {}.", sims.first.join(", "))
    });
    let waited = kept.waited.map(|waited| {
        // Whole seconds: nobody needs more.
        let waited = Duration::from_secs_f64(waited.as_secs_f64().round());
        let waited = humantime::format_duration(waited);
        let end = if kept.interrupted {
            "and was then interrupted"
        } else {
            "the time that `timeouts.delete` sets"
        };
        format!(" The provider waited {waited} for that, {end}.")
    });
    let wait = match waited {
        Some(_) => "apply again",
        None => {
            "apply again. With `timeouts.delete` the provider waits that long for it: apply that \
             first, since a delete goes by the state"
        }
    };
    let error = Error::Forbidden(Box::new(kept.refusal.clone()));
    Diagnostic::error(
        format!("Connector `{name}` cannot be deleted"),
        format!(
            "{}.\n\nOnomondo deletes a connector only once no SIM is mapped to it.{}{listed}\n\nMap SIMs \
             with `onomondo_connector_sims`, and they are unmapped before the connector is deleted: \
             its `connector` must refer to the connector's `name`, and where a connector is replaced, \
             its `lifecycle` needs `replace_triggered_by`. Unmap other SIMs, or map them to another \
             connector, and {wait}. If no SIM is mapped, the API key may not delete this connector.",
            sentence(&error.to_string()),
            waited.unwrap_or_default(),
        ),
    )
}
