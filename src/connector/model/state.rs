//! Makes the state of a connector from the API's answer and the earlier state.

use super::{
    Object,
    attributes::{META, NAME, PASSTHROUGH, TAGS, TIMEOUTS, TYPE},
    change::{Change, Differs},
    meta, passthrough, tags,
};
use crate::{
    connector::variants,
    onomondo::Connector,
    protocol::{Instance, Value},
};

/// The instance after a successful write: the plan, with its unknown values filled in. If the API
/// changed another value, the next read shows it as drift. At this point, the CLI would report a
/// value that differs from the plan as a bug in the provider.
pub(crate) fn applied(connector: &Connector, planned: Instance) -> Instance {
    let found = found(connector, planned.clone());
    let mut state = planned.state;
    if let (Value::Map(planned), Value::Map(mut found)) = (&mut state, found.state) {
        for (name, value) in planned
            .iter_mut()
            .filter(|(_, value)| !value.is_wholly_known())
        {
            *value = found.remove(name).unwrap_or_default();
        }
    }
    Instance {
        state,
        private: planned.private,
        identity: found.identity,
    }
}

/// The instance from the API's answer, without an earlier state.
pub(crate) fn imported(connector: &Connector) -> Instance {
    let nothing = Instance {
        state: Value::object([]),
        ..Default::default()
    };
    found(connector, nothing)
}

/// The instance from the API's answer. A value that means the same in `known` keeps the spelling of
/// `known`.
pub(crate) fn found(connector: &Connector, known: Instance) -> Instance {
    Instance {
        state: state(connector, &known.state),
        private: known.private,
        identity: identity(&connector.name),
    }
}

/// The identity of the connector with this name.
pub(crate) fn identity(name: &str) -> Value {
    Value::object([(NAME.name(), name.into())])
}

fn state(connector: &Connector, known: &Value) -> Value {
    let own = variants::of_type(&connector.kind);
    let mut state = Value::object([]);
    NAME.set(&mut state, connector.name.as_str());
    TYPE.set(&mut state, connector.kind.as_str());
    for variant in variants::ALL {
        let field = variant.field();
        let of_type = own.filter(|own| *own == variant);
        let object = of_type.map(|own| own.read(&connector.options, field.value(known)));
        field.set(&mut state, object);
    }
    TAGS.set(&mut state, tags::from_api(connector));
    PASSTHROUGH.set(&mut state, passthrough::from_api(connector));
    META.set(&mut state, meta::from_api(connector, own));
    TIMEOUTS.set(&mut state, TIMEOUTS.value(known).clone());
    keep_spelling(known, &mut state);
    state
}

/// Keeps the earlier tags and rules if the API's values mean the same. Never keeps null: the state
/// stores null and empty as an empty set.
pub(crate) fn keep_spelling(known: &Value, state: &mut Value) {
    let change = Change::between(&Object::of(known), &Object::of(state));
    for (field, differs) in [(TAGS, change.tags), (PASSTHROUGH, change.passthrough)] {
        let before = field.value(known);
        if differs == Differs::No && !before.is_null() {
            field.set(state, before.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::onomondo::{Passthrough, SecretMeta, Tag};

    fn tls() -> Connector {
        let options = json!({ "host": "A.example", "port": 443, "server_name": "a.example" });
        let secret = SecretMeta {
            is_set: true,
            last_updated_at: Some("2024-09-26T09:25:42.898Z".into()),
        };
        Connector {
            name: "fleet".into(),
            kind: "tls".into(),
            tags: vec![Tag {
                id: "A5023F47-1DB8-425E-B664-DC0B8921F644".into(),
                name: None,
                color: None,
                can_write: None,
            }],
            passthrough: vec![Passthrough {
                protocol: "udp".into(),
                ip: None,
                port: Some(53),
            }],
            options: options.as_object().cloned().unwrap_or_default(),
            meta: Some(
                [("key", &secret), ("connectionString", &secret)]
                    .map(|(name, secret)| (name.into(), secret.clone()))
                    .into(),
            ),
        }
    }

    fn known(state: Value) -> Instance {
        Instance {
            state,
            private: vec![1],
            identity: Value::Null,
        }
    }

    #[test]
    fn an_import_takes_everything_from_the_api() {
        let Instance {
            state,
            private,
            identity,
        } = found(&tls(), known(Value::object([])));
        assert_eq!(state.get("type"), &"tls".into());
        assert_eq!(state.get("tls").get("port"), &443.into());
        assert_eq!(state.get("tls").get("key"), &Value::Null);
        assert_eq!(state.get("https"), &Value::Null);
        assert_eq!(
            state.get("passthrough").elements()[0].get("port"),
            &53.into()
        );
        assert_eq!(identity.get("name"), &"fleet".into());
        assert_eq!(private, [1]);
    }

    #[test]
    fn the_user_s_spelling_and_secrets_stay() {
        let tags = Value::set(["a5023f47-1db8-425e-b664-dc0b8921f644".into()]);
        let prior = Value::object([
            ("tags", tags.clone()),
            (
                "tls",
                Value::object([("host", "a.example".into()), ("key", "a key".into())]),
            ),
        ]);
        let state = found(&tls(), known(prior)).state;
        assert_eq!(state.get("tags"), &tags);
        assert_eq!(state.get("tls").get("host"), &"a.example".into());
        assert_eq!(state.get("tls").get("key"), &"a key".into());
    }

    #[test]
    fn meta_is_of_the_connector_s_own_type() {
        let meta = found(&tls(), known(Value::Null)).state.get("meta").clone();
        let names: Vec<_> = meta.as_map().unwrap().keys().collect();
        assert_eq!(names, ["key"]);
    }

    #[test]
    fn a_write_keeps_planned_values_and_fills_in_unknown_ones() {
        let planned = Value::object([
            ("name", Value::Unknown),
            ("tags", Value::set([])),
            ("meta", Value::Unknown),
            ("tls", Value::object([("host", "b.example".into())])),
        ]);
        let state = applied(&tls(), known(planned)).state;
        assert_eq!(state.get("name"), &"fleet".into());
        assert_eq!(state.get("tags"), &Value::set([]));
        assert_eq!(state.get("tls").get("host"), &"b.example".into());
        assert!(state.is_wholly_known());
    }
}
