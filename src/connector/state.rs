//! The state of a connector, from what the API shows and what was known before.

use super::{identity, options, same, variant::secret_attribute};
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
fn meta(connector: &Connector, kind: Option<Kind>) -> Value {
    let meta = connector.meta.as_ref();
    let secrets = kind.map_or(&[][..], Kind::secrets).iter();
    Value::object(secrets.filter_map(|member| {
        let secret = meta?.get(*member)?;
        let secret = Value::object([
            ("is_set", secret.is_set.into()),
            ("last_updated_at", secret.last_updated_at.clone().into()),
        ]);
        Some((secret_attribute(member), secret))
    }))
}
