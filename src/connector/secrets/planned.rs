//! The secrets that an update may send: those that its plan saw.
//!
//! For a plan, the CLI replaces attributes in `ignore_changes` with those of the prior state. For
//! an apply, it hands over the configuration as the user wrote it.

use super::PrivateState;
use crate::{
    connector::variants::{self, WriteOnly},
    protocol::{Given, Value},
};

/// The configuration with the secrets of the plan. A write-only value that the plan did not see
/// stays only if Onomondo has it already: it is then sent with the other options.
pub(crate) fn as_planned(
    config: &Value,
    prior: &Value,
    private: &PrivateState,
    planned: &Value,
) -> Value {
    let mut config = config.clone();
    for variant in variants::ALL {
        let field = variant.field();
        let (prior, planned) = (field.value(prior), field.value(planned));
        let Some(config) = field.value_mut(&mut config) else {
            continue;
        };
        for secret in variant.secrets() {
            let plain = secret.plain();
            plain.set(config, plain.value(planned).clone());
            let Some(pair) = secret.pair() else {
                continue;
            };
            if let Given::Known(value) = pair.value.of(config)
                && !was_seen(pair, config, prior, planned)
                && private.is_same(secret, value) != Some(true)
            {
                pair.value.set(config, Value::Null);
            }
        }
    }
    config
}

/// Whether the plan of an update saw the write-only value, as far as the version shows. If the user
/// sets the version, the value counts as seen.
fn was_seen(pair: WriteOnly, config: &Value, prior: &Value, planned: &Value) -> bool {
    let version = pair.version.value(planned);
    let is_kept = version.is_null() || version == pair.version.value(prior);
    !is_kept || !pair.version.of(config).is_null()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tls(key: Value, value: Value, version: Value) -> Value {
        let members = [("key", key), ("key_wo", value), ("key_wo_version", version)];
        Value::object([("tls", Value::object(members))])
    }

    /// The secrets to send if the configuration has a plain or a write-only key and the plan has
    /// these values.
    fn sent(config: &Value, key: Value, version: Value) -> Value {
        let secret = variants::secrets().find(|it| it.name() == "key").unwrap();
        let mut private = PrivateState::default();
        private.remember(secret, "sent before");
        let prior = tls("prior".into(), Value::Null, 1.into());
        let planned = tls(key, Value::Null, version);
        as_planned(config, &prior, &private, &planned)
    }

    #[test]
    fn a_write_only_value_that_the_plan_ignores_is_not_sent() {
        let given = |value: &str, version| tls(Value::Null, value.into(), version);
        for (value, given_version, planned_version, is_sent) in [
            ("new", Value::Null, Value::Unknown, true),
            ("new", Value::Null, 2.into(), true),
            ("new", Value::Null, 1.into(), false),
            ("new", Value::Null, Value::Null, false),
            ("sent before", Value::Null, 1.into(), true),
            ("new", 1.into(), 1.into(), true),
        ] {
            let config = given(value, given_version);
            let sent = sent(&config, Value::Null, planned_version.clone());
            let value = sent.get("tls").get("key_wo");
            assert_eq!(!value.is_null(), is_sent, "{config:?} {planned_version:?}");
        }
    }

    #[test]
    fn a_plain_value_is_sent_as_planned() {
        let config = tls("new".into(), Value::Null, Value::Null);
        let sent = sent(&config, "prior".into(), Value::Null);
        assert_eq!(sent.get("tls").get("key"), &"prior".into());
    }
}
