//! The warnings of a plan about secrets, for example about a secret that Onomondo keeps, and the
//! error about a missing type.

use crate::{
    connector::{
        model::Object,
        variants::{Secret, Variant, WriteOnly},
    },
    protocol::{AttributePath, Diagnostic, Diagnostics, Given, Value},
};

/// A configuration without a variant passes validation in one case only: `ignore_changes` replaced
/// its values with those of the state.
pub(super) fn no_variant_left(kind: Given<&str>) -> Diagnostic {
    let kind = kind.known().unwrap_or("unknown");
    Diagnostic::error(
        "`ignore_changes` leaves no connector type",
        format!(
            "The type of the connector was changed to `{kind}` outside of Terraform, and \
             `ignore_changes` names the attribute that the configuration sets. So there is no \
             type to plan with. Set `{kind}` in the configuration, or remove the attribute from \
             `ignore_changes`."
        ),
    )
}

/// Warns about secrets of a connector that keeps its type. `sends` says whether its options are
/// sent.
pub(super) fn kept_secrets(
    variant: &'static Variant,
    config: &Object<'_>,
    prior: &Object<'_>,
    planned: &Object<'_>,
    sends: bool,
    diagnostics: &mut Diagnostics,
) {
    let path = AttributePath::from([variant.name()]);
    let held = prior.meta.known();
    let (config, prior) = (config.of_variant(variant), prior.of_variant(variant));
    let planned = planned.of_variant(variant);
    for secret in variant.secrets() {
        // Under `ignore_changes`, the plan shows a write-only value that `config` lacks.
        let is_managed = secret.is_managed(planned);
        let is_held = held.is_some_and(|held| held.is_set(secret));
        if secret.is_managed(prior) && !is_managed {
            diagnostics.push(no_longer_managed(secret, prior).at(path.clone()));
        } else if !is_managed && is_held && sends {
            diagnostics.push(not_named(secret).at(path.clone()));
        } else if enters_the_state(secret, config, prior) {
            let path = path.attribute(secret.name());
            diagnostics.push(stored_from_now_on(secret).at(path));
        }
    }
}

/// Whether a secret changes from write-only to stored.
fn enters_the_state(secret: &Secret, config: &Value, prior: &Value) -> bool {
    let was_write_only = |pair: WriteOnly| !pair.version.of(prior).is_null();
    secret.pair().is_some_and(was_write_only) && !secret.plain().of(config).is_null()
}

fn no_longer_managed(secret: &Secret, prior: &Value) -> Diagnostic {
    let was_write_only = |pair: &WriteOnly| !pair.version.of(prior).is_null();
    let write_only = secret.pair().filter(was_write_only);
    let name = write_only.map_or(secret.name(), |pair| pair.value.name());
    Diagnostic::warning(
        format!("`{name}` is no longer managed"),
        format!(
            "`{name}` is no longer in the configuration. Onomondo keeps the value that it has: \
             the API documents no way to remove one. To remove it, replace the connector."
        ),
    )
}

fn not_named(secret: &Secret) -> Diagnostic {
    let name = secret.name();
    Diagnostic::warning(
        format!("Onomondo may not keep `{name}`"),
        format!(
            "Onomondo has a value for `{name}` of this connector that is not in the \
             configuration, and this update sends the options without it. The API does not \
             document whether it keeps a secret that an update omits. After the update, the \
             provider checks and reports an error if the value is gone. To be safe, set `{name}`."
        ),
    )
}

fn stored_from_now_on(secret: &Secret) -> Diagnostic {
    let name = secret.name();
    let write_only = secret.pair().map_or("", |pair| pair.value.name());
    Diagnostic::warning(
        format!("`{name}` is stored in state"),
        format!(
            "The value was write-only in `{write_only}` until now. In `{name}`, it is stored in \
             every plan and state from this apply on. To avoid this, keep `{write_only}`."
        ),
    )
}
