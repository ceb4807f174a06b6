//! The version of a write-only secret: the only trace of the secret in plan and state.
//!
//! If the user sets the version, changing the number sends the secret. If the user omits it, the
//! provider increments the version when the value differs from the one sent last.
//!
//! The CLI plans again at apply, perhaps with another value, since ephemeral values may differ.
//! That plan must agree with the first one. But all that the provider knows about the first plan is
//! whether it changed something. So a version is planned as known only if it does not depend on the
//! value, or if nothing changes at all. Otherwise it is known after apply, and [`settle`]
//! determines it.

use super::{PrivateState, Validated};
use crate::{
    connector::{
        model::attributes::META,
        variants::{self, Secret, WriteOnly},
    },
    protocol::{Field, Given, Members, Value},
};

/// Plans the versions, when all of the plan except `meta` is complete. Removes write-only values
/// from the plan: the CLI proposes them, but would refuse them.
pub(crate) fn plan(
    config: &Value,
    prior: &Value,
    private: &PrivateState,
    validated: &Validated,
    planned: &mut Value,
) {
    let mut may_rise = Vec::new();
    for (secret, pair, field) in pairs() {
        let (config_of, prior_of) = (field.value(config), field.value(prior));
        let Some(planned) = field.value_mut(planned) else {
            continue;
        };
        pair.value.set(planned, Value::Null);
        if !pair.version.of(config_of).is_null() {
            continue;
        }
        let before = pair.version.value(prior_of);
        let version = match pair.value.of(config_of) {
            Given::Null if before.is_null() => Value::Null,
            Given::Null if validated.has(config, prior, pair) => before.clone(),
            Given::Null => Value::Null,
            Given::Unknown => Value::Unknown,
            Given::Known(_) if before.is_null() => next(secret, before, private),
            Given::Known(value) => {
                may_rise.push((pair, field, private.is_same(secret, value) == Some(true)));
                before.clone()
            }
        };
        pair.version.set(planned, version);
    }
    let is_change = differ(prior, planned);
    for (pair, field, is_same) in may_rise {
        if (is_change || !is_same)
            && let Some(planned) = field.value_mut(planned)
        {
            pair.version.set(planned, Value::Unknown);
        }
    }
}

/// Determines the versions that the plan left unknown. The number changes if the value in this
/// configuration changed.
pub(crate) fn settle(config: &Value, prior: &Value, private: &PrivateState, planned: &mut Value) {
    for (secret, pair, field) in pairs() {
        let (config, prior) = (field.value(config), field.value(prior));
        let Some(planned) = field.value_mut(planned) else {
            continue;
        };
        if !pair.version.of(planned).is_unknown() {
            continue;
        }
        let before = pair.version.value(prior);
        let version = match pair.value.of(config) {
            Given::Known(value) if private.is_same(secret, value) == Some(true) => before.clone(),
            Given::Known(_) => next(secret, before, private),
            Given::Null => Value::Null,
            Given::Unknown => continue,
        };
        pair.version.set(planned, version);
    }
}

/// Every write-only secret, with its variant.
fn pairs() -> impl Iterator<Item = (&'static Secret, WriteOnly, Field<Members>)> {
    let variants = variants::ALL.into_iter();
    variants.flat_map(|variant| {
        let secrets = variant.secrets().iter();
        secrets.filter_map(|secret| Some((secret, secret.pair()?, variant.field())))
    })
}

/// The version for a changed value. If there is none yet, the secret is new, or was forgotten
/// because someone else changed it.
fn next(secret: &Secret, before: &Value, private: &PrivateState) -> Value {
    let sent = || private.of(secret).and_then(|record| record.version);
    let before = before.as_i64().or_else(sent);
    before.unwrap_or_default().saturating_add(1).into()
}

/// Whether the CLI will find any change, apart from `meta`.
pub(crate) fn differ(prior: &Value, planned: &Value) -> bool {
    planned.as_map().is_some_and(|members| {
        let mut members = members.iter().filter(|(name, _)| *name != META.name());
        members.any(|(name, value)| value != prior.get(name))
    })
}
