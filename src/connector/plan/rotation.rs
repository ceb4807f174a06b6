//! The version of a write-only secret: the only trace of it in plan and state.
//!
//! Set by the user, it is theirs: a changed number sends the secret. Left out, the provider raises
//! it when the value is another one than it sent last.

use super::super::{private::Private, secrets};
use crate::{onomondo::Kind, protocol::Value};

/// Plans the versions of a variant, and takes the write-only values out of the plan.
pub(super) fn plan(
    kind: Kind,
    config: &Value,
    prior: &Value,
    private: &Private,
    planned: &mut Value,
) {
    for secret in secrets::of(kind) {
        let Some(write_only) = secret.write_only else {
            continue;
        };
        // The CLI proposes them; in a plan they are an error.
        planned.insert(write_only.value, Value::Null);
        if !config.get(write_only.version).is_null() {
            continue;
        }
        let before = prior.get(write_only.version);
        let version = match config.get(write_only.value) {
            Value::Null => Value::Null,
            // A version that stayed could not be raised once the value is known: the plan that
            // apply makes again must agree with this one.
            Value::Unknown => Value::Unknown,
            value => {
                let is_same = private.is_same(secret, value.as_str().unwrap_or_default());
                match before.as_i64() {
                    Some(before) if is_same == Some(true) => before.into(),
                    Some(before) => before.saturating_add(1).into(),
                    // New, or forgotten since somebody else changed it.
                    None => {
                        let sent = private.of(secret).and_then(|record| record.version);
                        sent.unwrap_or_default().saturating_add(1).into()
                    }
                }
            }
        };
        planned.insert(write_only.version, version);
    }
}
