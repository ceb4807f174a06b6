//! Plan: the result of a change, as far as it is known.
//!
//! The proposed state is changed in place, one attribute at a time, and never rebuilt. For an
//! attribute in the configuration, the CLI accepts only the configured value or the exact prior
//! one.
//!
//! A set that means the same as the prior one keeps the prior spelling only if nothing else changes
//! and this process refreshed the connector. Otherwise, the plan at apply could differ from the
//! first one: a set with an unknown element must have the configured spelling, and may turn out to
//! mean the same. A connector without changes is not planned again, and the process that applies
//! does not refresh.
//!
//! `warn_of_name_taken` warns that a new name exists already. The text of the warning is in
//! `errors/taken_name`. The check is in `onomondo/account/free_name`.

mod secret_warnings;

use super::{
    errors,
    model::{
        Object,
        attributes::{META, NAME, PASSTHROUGH, READ, TAGS, TYPE},
        change::{Change, Differs},
        state::{self, identity},
    },
    secrets::{PrivateState, Validated, version},
    validate,
    variants::{self, Choice, VariantObject},
};
use crate::{
    onomondo::{Client, NameGlance},
    protocol::{Call, Diagnostics, Field, FieldType, Given, Instance, Plan, Value},
};

pub(super) async fn plan(
    call: &Call<Client>,
    request: Plan,
    validated: &Validated,
    diagnostics: &mut Diagnostics,
) -> Instance {
    let Plan {
        config,
        mut proposed,
        prior,
    } = request;
    let is_create = prior.is_none();
    let prior = prior.unwrap_or_default();
    let is_refreshed = call
        .client
        .is_refreshed(Object::of(&prior.state).state_name());
    plan_state(&config, &prior, is_refreshed, validated, &mut proposed);

    // To find warnings, assume that the values at apply will be the current ones.
    let private = PrivateState::read(&prior.private);
    let mut expected = proposed.clone();
    version::settle(&config, &prior.state, &private, &mut expected);

    let (config, before) = (Object::of(&config), Object::of(&prior.state));
    let planned = Object::of(&proposed);
    if planned.variant.is_missing() && !before.variant.is_missing() {
        diagnostics.push(secret_warnings::no_variant_left(before.kind));
    }
    if planned.name != before.name {
        // Only a new name must match the pattern. An existing connector keeps an older name.
        validate::name(planned.name, diagnostics);
    }
    warn_of_secrets(&config, &before, &Object::of(&expected), diagnostics);
    if is_create && !diagnostics.has_error() {
        warn_of_name_taken(call, &planned, diagnostics).await;
    }
    let identity = match planned.name {
        Given::Known(name) => identity(name),
        // The CLI refuses an unknown identity in the plan of an update. In the plan of a create,
        // `show -json` fails.
        Given::Null | Given::Unknown => prior.identity,
    };
    Instance {
        state: proposed,
        private: prior.private,
        identity,
    }
}

/// Edits the proposed state until it is the plan.
fn plan_state(
    config: &Value,
    prior: &Instance,
    is_refreshed: bool,
    validated: &Validated,
    planned: &mut Value,
) {
    let private = PrivateState::read(&prior.private);
    let prior = &prior.state;
    // If omitted, an existing connector keeps its name, and a new one gets one from the API.
    if NAME.of(config).is_null() {
        keep(NAME, prior, planned);
    }
    if TAGS.of(config).is_null() {
        keep(TAGS, prior, planned);
    }
    if PASSTHROUGH.of(config).is_null() {
        PASSTHROUGH.set(planned, Value::set([]));
    }
    // The user's spelling of the sets, with the values for omitted ones.
    let spelled = [TAGS, PASSTHROUGH].map(|field| (field, field.value(planned).clone()));
    if is_refreshed {
        state::keep_spelling(prior, planned);
    }
    for variant in variants::ALL {
        let field = variant.field();
        if let Some(planned) = field.value_mut(planned) {
            variant.plan_defaults(field.value(config), planned);
        }
    }
    plan_type(prior, planned);
    version::plan(config, prior, &private, validated, planned);
    if version::differ(prior, planned) {
        for (field, value) in spelled {
            field.set(planned, value);
        }
    }
    plan_meta(prior, planned);
}

/// Keeps the prior value. If there is none, the value is known after apply.
fn keep<T: FieldType>(field: Field<T>, prior: &Value, planned: &mut Value) {
    let prior = match field.value(prior) {
        Value::Null => Value::Unknown,
        known => known.clone(),
    };
    field.set(planned, prior);
}

fn plan_type(prior: &Value, planned: &mut Value) {
    match Choice::of(planned) {
        Choice::Set(VariantObject { variant, .. }) => TYPE.set(planned, variant.name()),
        // `ignore_changes` on a connector whose type this provider does not know.
        Choice::Missing => keep(TYPE, prior, planned),
        Choice::Undecided => TYPE.set(planned, Value::Unknown),
    }
}

/// Every write of options may change `meta`. So it is known only if no options are sent, or if the
/// type has no secrets.
fn plan_meta(prior: &Value, planned: &mut Value) {
    let of_plan = Choice::of(planned).known();
    if of_plan.is_some_and(|of_plan| of_plan.variant.secrets().is_empty()) {
        META.set(planned, Value::object([]));
        return;
    }
    let change = Change::between(&Object::of(prior), &Object::of(planned));
    if change.options == Differs::No {
        keep(META, prior, planned);
    } else {
        META.set(planned, Value::Unknown);
    }
}

/// Warns if a secret will not end up as the configuration suggests.
fn warn_of_secrets(
    config: &Object<'_>,
    prior: &Object<'_>,
    planned: &Object<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Some(VariantObject { variant, .. }) = planned.variant.known() else {
        return;
    };
    let change = Change::between(prior, planned);
    if change.kind == Differs::No {
        let sends = change.options != Differs::No;
        secret_warnings::kept_secrets(variant, config, prior, planned, sends, diagnostics);
    } else {
        diagnostics.extend(variant.lack_of(config.of_variant(variant)));
    }
}

/// Warns if the name is taken, or once if that cannot be checked. Create checks again and refuses a
/// taken name; this warning only comes earlier.
async fn warn_of_name_taken(
    call: &Call<Client>,
    planned: &Object<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Given::Known(name) = planned.name else {
        return;
    };
    let operation = planned.timeouts.operation(call, READ);
    match call.client.glance_at_name(&operation, name).await {
        NameGlance::Taken => diagnostics.push(errors::name_taken(name)),
        NameGlance::Unknown(Some(error)) => diagnostics.push(errors::names_not_checked(&error)),
        NameGlance::Free | NameGlance::Unknown(None) => {}
    }
}
