//! What went wrong with the API, as a user reads it: what happened, what the API said, what to do.

use crate::{
    onomondo::{Error, Kind, MappedSims, Refusal},
    protocol::{AttributePath, Diagnostic},
};

use super::{TYPE_NAME, options, secrets::Secret};

/// The failure of a verb (`create`, `read`, …) on the connector of this name.
pub(super) fn diagnostic(error: &Error, verb: &str, name: &str) -> Diagnostic {
    of_write(error, verb, name, None)
}

/// The same for a write of options of this type, of which the API may not accept one.
pub(super) fn of_write(error: &Error, verb: &str, name: &str, kind: Option<Kind>) -> Diagnostic {
    let title = format!(
        "Could not {verb} connector `{name}`: {}",
        title(error, verb)
    );
    let detail = format!(
        "{}.\n\n{}",
        sentence(&error.to_string()),
        advice(error, verb, name)
    );
    let path = match error {
        Error::Invalid(refusal) => path(refusal, kind),
        Error::Conflict(_) => ["name"].into(),
        _ => AttributePath::root(),
    };
    Diagnostic::error(title, detail).at(path)
}

fn title(error: &Error, verb: &str) -> &'static str {
    match error {
        Error::NotConfigured { .. } => "the provider is not configured yet",
        Error::Setup { .. } => "the HTTP client could not be set up",
        Error::UnusableName { .. } => "the name cannot be used",
        Error::Unauthorized(_) => "the API key was refused",
        Error::Forbidden(_) => "Onomondo does not allow it",
        Error::Invalid(_) => "Onomondo does not accept it",
        Error::NotFound(_) if verb == "update" => "it is gone",
        Error::NotFound(_) => "there is no Connectors API at this address",
        Error::Conflict(_) => "it conflicts with what exists",
        Error::RateLimited { .. } => "too many requests",
        Error::Server(_) => "Onomondo failed",
        Error::Transport { .. } => "Onomondo was not reached, or did not answer",
        Error::UnexpectedBody { .. } | Error::UnexpectedStatus { .. } => {
            "the answer is not one of the Connectors API"
        }
        Error::ListTruncated { .. } => "the list of connectors is cut off",
        Error::DuplicateName { .. } => "the name is not unique",
        Error::Stopped { .. } => "interrupted",
        Error::DeadlineExceeded { .. } => "the time was over",
    }
}

fn advice(error: &Error, verb: &str, name: &str) -> String {
    let advice = match error {
        Error::NotConfigured { unknown } if unknown.is_empty() => {
            "Set the environment variable `ONOMONDO_API_KEY`, or `api_key` in the provider block."
        }
        Error::NotConfigured { .. } => {
            "Apply first what the provider block takes this value from, for example with \
             `-target`, or give the provider a value that is known at plan."
        }
        Error::Setup { .. } => "This depends on the machine the provider runs on, not on Onomondo.",
        Error::UnusableName { .. } => "Give the exact name of a connector.",
        Error::Unauthorized(_) => {
            "Check `api_key`, or the environment variable `ONOMONDO_API_KEY`: the key as Onomondo \
             showed it, without `Bearer` in front. An owner or admin of the organisation makes a \
             new one in the Onomondo web app, under API keys."
        }
        Error::Forbidden(_) => {
            "The Connectors API is part of the Enterprise package, and an API key that is limited \
             by tags may change only connectors with one of its tags that it may write."
        }
        Error::Invalid(_) => "Change the configuration as Onomondo says and apply again.",
        Error::NotFound(_) if verb == "update" => {
            return format!(
                "Connector `{name}` was deleted or renamed outside Terraform since it was last \
                 read. Run plan again: it shows what is to be done."
            );
        }
        Error::NotFound(_) => "Check `base_url`: it must be the address of Onomondo's API.",
        // A create says more: see `already_exists`.
        Error::Conflict(_) => {
            "Another connector has the new name. Choose another `name`, or rename or remove that \
             connector first. Two connectors that swap their names go through a third name, in two \
             applies."
        }
        Error::RateLimited { .. } => {
            "Onomondo allows an organisation 600 requests a minute. Other programs with keys of the \
             same organisation count too: run again later, or with a smaller `-parallelism`."
        }
        error if error.may_have_written() && !is_over(error) => {
            "The change may have been made or not. Run plan again: it reads what Onomondo has now \
             and shows what is left to do."
        }
        Error::Server(_) => "Run again later; if it stays, ask Onomondo's support.",
        Error::Transport { .. } => {
            "Check the network, the proxy settings and `base_url`, then run again."
        }
        Error::UnexpectedBody { .. } | Error::UnexpectedStatus { .. } => {
            "Check `base_url`, and whether a proxy or a login page answers in place of Onomondo. \
             The state is unchanged."
        }
        Error::ListTruncated { .. } => {
            "The API shows no more entries than that in one answer. The state is unchanged."
        }
        Error::DuplicateName { .. } => {
            "A connector is known by its name alone. Rename or delete one of them in the Onomondo \
             web app."
        }
        Error::Stopped { .. } => "Run again to go on: what was done until then is in the state.",
        Error::DeadlineExceeded { .. } => {
            "Raise the value in `timeouts`, or leave it out for no ceiling, and run again."
        }
    };
    advice.to_owned()
}

/// Whether the operation ended before its call did.
fn is_over(error: &Error) -> bool {
    matches!(
        error,
        Error::Stopped { .. } | Error::DeadlineExceeded { .. }
    )
}

/// The API's words start a sentence here.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The attribute that a refusal is about, where it says so: `name`, `options.host`, `tags[0]`.
fn path(refusal: &Refusal, kind: Option<Kind>) -> AttributePath {
    let member = refusal.reason.member.as_deref().unwrap_or_default();
    let mut steps = member
        .split(['.', '/', '[', ']'])
        .filter(|step| !step.is_empty());
    match (steps.next(), kind) {
        (Some(name @ ("name" | "tags" | "passthrough")), _) => [name].into(),
        (Some("options"), Some(kind)) => {
            let variant = AttributePath::from([kind.as_str()]);
            let attribute = steps
                .next()
                .and_then(|member| options::attribute(kind, member));
            attribute.map_or(variant.clone(), |attribute| variant.attribute(attribute))
        }
        _ => AttributePath::root(),
    }
}

pub(super) fn no_variant() -> Diagnostic {
    let kinds = Kind::ALL.map(|kind| format!("`{kind}`")).join(", ");
    Diagnostic::error("No connector type", format!("Set exactly one of {kinds}."))
}

pub(super) fn already_exists(name: &str, refusal: Option<&Refusal>) -> Diagnostic {
    let said = refusal.map_or_else(String::new, |refusal| {
        format!("Onomondo refused to create it: {refusal}.\n\n")
    });
    Diagnostic::error(
        format!("Connector `{name}` exists already"),
        format!("{said}{}", adopt(name)),
    )
    .at(["name"])
}

/// The same before apply, where there is still time to change it.
pub(super) fn name_taken(name: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("Connector `{name}` exists already"),
        format!("Apply will refuse to create it. {}", adopt(name)),
    )
    .at(["name"])
}

fn adopt(name: &str) -> String {
    format!(
        "The account already has a connector named `{name}`. To manage it from here, import it:\n\n  \
         import {{\n    to = {TYPE_NAME}.<the name of this block>\n    id = \"{name}\"\n  \
         }}\n\nOtherwise choose another `name`; a replacement with `create_before_destroy` needs one, \
         too. An API key that is limited by tags may not see the connector."
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
    .at(["name"])
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
    .at(["name"])
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
pub(super) fn not_taken_yet(name: &str, kind: Kind, secret: &Secret) -> Diagnostic {
    let attribute = secret.attribute;
    Diagnostic::warning(
        format!("Onomondo did not take `{attribute}` of connector `{name}`"),
        format!(
            "The connector was created, and `{attribute}` was sent with it, but Onomondo says that \
             it is not set. The next plan shows it and apply sends it again."
        ),
    )
    .at([kind.as_str()])
}

/// After an update: one that was sent and is not set.
pub(super) fn not_taken(name: &str, kind: Kind, secret: &Secret) -> Diagnostic {
    let attribute = secret.attribute;
    Diagnostic::error(
        format!("Onomondo did not take `{attribute}` of connector `{name}`"),
        format!(
            "`{attribute}` was sent, but Onomondo says that it is not set. The rest of the update \
             was made. Apply again: the plan shows `{attribute}` and sends it once more."
        ),
    )
    .at([kind.as_str()])
}

/// After an update: one that was set before, was not sent, and is gone.
pub(super) fn lost(name: &str, kind: Kind, secret: &Secret) -> Diagnostic {
    let attribute = secret.attribute;
    Diagnostic::error(
        format!("Onomondo lost `{attribute}` of connector `{name}`"),
        format!(
            "Before this update Onomondo had a `{attribute}` for this connector, which the \
             configuration does not have; now it is not set. The API does not keep what an update \
             leaves out. Set `{attribute}` in the configuration and apply again."
        ),
    )
    .at([kind.as_str()])
}

/// 403 on a delete: documented as "still mapped to some SIMs".
pub(super) fn still_mapped(error: &Error, name: &str, sims: Option<MappedSims>) -> Diagnostic {
    let sims = sims.filter(|sims| !sims.first.is_empty());
    let listed = sims.map_or_else(String::new, |sims| {
        let total = sims
            .total
            .map_or_else(String::new, |total| format!(" ({total} in all)"));
        format!(" Mapped to it{total}: {}.", sims.first.join(", "))
    });
    Diagnostic::error(
        format!("Connector `{name}` cannot be deleted"),
        format!(
            "{}.\n\nOnomondo deletes a connector only once no SIM is mapped to it.{listed} Unmap \
             the SIMs, or map them to another connector, and apply again; with `timeouts.delete` \
             the provider waits that long for it. If no SIM is mapped, the API key may not delete \
             this connector.",
            sentence(&error.to_string())
        ),
    )
}
