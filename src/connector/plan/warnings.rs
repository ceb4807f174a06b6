//! What a plan warns of, and what it refuses.

use super::super::secrets::{self, Secret, WriteOnly};
use crate::{
    onomondo::Kind,
    protocol::{AttributePath, Diagnostic, Diagnostics, Value},
};

/// What a new connector, or one that changes its type, cannot do without.
pub(super) fn missing_secrets(kind: Kind, config: &Value, diagnostics: &mut Diagnostics) {
    let mut secrets = secrets::of(kind).iter();
    if secrets.any(|secret| !secret.configured(config).is_null()) {
        return;
    }
    let path = AttributePath::from([kind.as_str()]);
    match kind {
        Kind::MicrosoftAzureIot => diagnostics.push(
            Diagnostic::error(
                "No connection string",
                "A connector to Azure IoT Hub cannot be made without `connection_string` or \
                 `connection_string_wo`. It can be left out only for a connector that exists and \
                 already has one.",
            )
            // On the variant: older CLIs cannot point at a nested attribute that is not there.
            .at(path),
        ),
        Kind::Tls => diagnostics.push(
            Diagnostic::warning(
                "TLS connector without certificates",
                "Neither `ca` nor `cert` nor a key is set. Onomondo's API reference calls them \
                 required, its help pages optional: the API may refuse this connector.",
            )
            .at(path),
        ),
        Kind::Https | Kind::AwsIotCore => {}
    }
}

/// A configuration without a variant passes validation only where `ignore_changes` put the state's
/// values in place of its own.
pub(super) fn no_variant_left(kind: &Value) -> Diagnostic {
    let kind = kind.as_str().unwrap_or_default();
    Diagnostic::error(
        "No connector type is left",
        format!(
            "The connector was changed to the type `{kind}` outside Terraform, and `ignore_changes` \
             names the attribute that the configuration sets, so that none is left to plan with. Set \
             `{kind}` in the configuration, or take the attribute out of `ignore_changes`."
        ),
    )
}

/// What becomes of the secrets of a connector that keeps its type. `sends` tells whether its options
/// are sent, `held` what Onomondo has, as `meta` of the prior state tells it.
pub(super) fn kept_secrets(
    kind: Kind,
    config: &Value,
    prior: &Value,
    held: &Value,
    sends: bool,
    diagnostics: &mut Diagnostics,
) {
    let path = AttributePath::from([kind.as_str()]);
    for secret in secrets::of(kind) {
        let is_named = !secret.configured(config).is_null();
        let is_held = held.get(secret.attribute).get("is_set").as_bool() == Some(true);
        if !is_named && secret.is_managed(prior) {
            diagnostics.push(no_longer_managed(secret, prior).at(path.clone()));
        } else if !is_named && is_held && sends {
            diagnostics.push(not_named(secret).at(path.clone()));
        } else if enters_the_state(secret, config, prior) {
            let path = path.attribute(secret.attribute);
            diagnostics.push(stored_from_now_on(secret).at(path));
        }
    }
}

/// Whether a secret that was write-only is so no more.
fn enters_the_state(secret: &Secret, config: &Value, prior: &Value) -> bool {
    secret.write_only.is_some_and(|write_only| {
        !prior.get(write_only.version).is_null() && !config.get(secret.attribute).is_null()
    })
}

fn no_longer_managed(secret: &Secret, prior: &Value) -> Diagnostic {
    let was_write_only = |it: &WriteOnly| !prior.get(it.version).is_null();
    let write_only = secret.write_only.filter(was_write_only);
    let name = write_only.map_or(secret.attribute, |write_only| write_only.value);
    Diagnostic::warning(
        format!("`{name}` is no longer managed"),
        format!(
            "The configuration no longer has `{name}`. Onomondo keeps the value it has: the API does \
             not say how to remove one. Replace the connector to be rid of it."
        ),
    )
}

fn not_named(secret: &Secret) -> Diagnostic {
    let name = secret.attribute;
    Diagnostic::warning(
        format!("Onomondo may lose `{name}`"),
        format!(
            "Onomondo has a `{name}` for this connector that the configuration does not have, and \
             this update sends the connector's options without it. The API does not say whether it \
             keeps what is left out. The provider checks afterwards and says so if it is gone; set \
             `{name}` to be sure."
        ),
    )
}

fn stored_from_now_on(secret: &Secret) -> Diagnostic {
    let name = secret.attribute;
    let write_only = secret.write_only.map_or("", |write_only| write_only.value);
    Diagnostic::warning(
        format!("`{name}` is stored in the state"),
        format!(
            "The value was write-only in `{write_only}` until now. In `{name}` it is in every plan \
             and state from this apply on. Keep `{write_only}` unless this is meant."
        ),
    )
}
