//! The version of a write-only secret: the only trace of it in plan and state.
//!
//! Set by the user, it is theirs: a changed number sends the secret. Left out, the provider raises
//! it when the value is another one than it sent last.

use super::PrivateState;
use crate::{
    connector::variants::Variant,
    protocol::{Given, Number, Value},
};

/// Plans the versions of a variant, and takes the write-only values out of the plan.
pub(crate) fn plan(
    variant: &'static Variant,
    config: &Value,
    prior: &Value,
    private: &PrivateState,
    planned: &mut Value,
) {
    for secret in variant.secrets() {
        let Some(write_only) = secret.pair() else {
            continue;
        };
        // The CLI proposes them; in a plan they are an error.
        write_only.value.set(planned, Value::Null);
        if !write_only.version.of(config).is_null() {
            continue;
        }
        let version = match write_only.value.of(config) {
            Given::Null => Value::Null,
            // A version that stayed could not be raised once the value is known: the plan that
            // apply makes again must agree with this one.
            Given::Unknown => Value::Unknown,
            Given::Known(value) => {
                let before = write_only.version.of(prior).known();
                let is_same = private.is_same(secret, value) == Some(true);
                match before.and_then(Number::to_i64) {
                    Some(before) if is_same => before.into(),
                    Some(before) => before.saturating_add(1).into(),
                    // New, or forgotten since somebody else changed it.
                    None => {
                        let sent = private.of(secret).and_then(|record| record.version);
                        sent.unwrap_or_default().saturating_add(1).into()
                    }
                }
            }
        };
        write_only.version.set(planned, version);
    }
}
