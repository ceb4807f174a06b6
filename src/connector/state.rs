//! The state of a connector, from what the API shows and what was known before.

use super::{identity, options, same, secrets};
use crate::{
    onomondo::{Connector, Kind},
    protocol::{Instance, Value},
};

/// The instance after a write that succeeded: the plan, with what was unknown in it filled in. A
/// value that the API changed on its own is left to the next read, which shows it as drift: the CLI
/// takes any other value than the planned one for a bug of the provider (plugin protocol 5.4).
pub(super) fn applied(connector: &Connector, planned: Instance) -> Instance {
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

/// The instance as the API shows it, with nothing known before.
pub(super) fn imported(connector: &Connector) -> Instance {
    let nothing = Instance {
        state: Value::object([]),
        ..Default::default()
    };
    found(connector, nothing)
}

/// The instance as the API shows it. Where that means what `known` says, the spelling of `known`
/// stays.
pub(super) fn found(connector: &Connector, known: Instance) -> Instance {
    Instance {
        state: state(connector, &known.state),
        private: known.private,
        identity: identity(connector.name.as_str()),
    }
}

fn state(connector: &Connector, known: &Value) -> Value {
    let kind = Kind::from_api(&connector.kind);
    let variants = Kind::ALL.map(|each| {
        let value = if Some(each) == kind {
            options::from_api(each, &connector.options, known.get(each.as_str()))
        } else {
            Value::Null
        };
        (each.as_str(), value)
    });
    let tags = Value::set(connector.tags.iter().map(|tag| tag.id.as_str().into()));
    let passthrough = same::rules(&connector.passthrough);
    let rest = [
        ("name", connector.name.as_str().into()),
        ("type", connector.kind.as_str().into()),
        ("tags", keep(known.get("tags"), tags, same::tags)),
        (
            "passthrough",
            keep(known.get("passthrough"), passthrough, same::passthrough),
        ),
        ("meta", meta(connector, kind)),
        ("timeouts", known.get("timeouts").clone()),
    ];
    Value::object(variants.into_iter().chain(rest))
}

/// What was known, where the API means the same. Null is never kept: an empty set is what both
/// null and empty are stored as.
fn keep(known: &Value, now: Value, same: fn(&Value, &Value) -> bool) -> Value {
    if !known.is_null() && same(known, &now) {
        known.clone()
    } else {
        now
    }
}

/// What the API tells of the secrets of the connector's own type; it may still have those of a type
/// the connector was before.
pub(super) fn meta(connector: &Connector, kind: Option<Kind>) -> Value {
    let meta = connector.meta.as_ref();
    let secrets = kind.map_or(&[][..], secrets::of).iter();
    Value::object(secrets.filter_map(|secret| {
        let told = meta?.get(secret.member)?;
        let told = Value::object([
            ("is_set", told.is_set.into()),
            ("last_updated_at", told.last_updated_at.clone().into()),
        ]);
        Some((secret.attribute, told))
    }))
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
    fn after_a_write_what_was_planned_stays_and_what_was_unknown_is_filled_in() {
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
