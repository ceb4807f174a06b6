//! Update: one PATCH of what changed and nothing else.

use super::{
    errors, options, same,
    secrets::{self, Secret},
    state, timeouts,
    variant::Variant,
    verify,
};
use crate::{
    onomondo::{Client, Connector, ConnectorPatch, Kind, Passthrough},
    protocol::{Apply, Call, Diagnostics, Instance, Value},
};

pub(super) async fn update(
    call: &Call<Client>,
    prior: Instance,
    request: Apply,
    diagnostics: &mut Diagnostics,
) -> Instance {
    let Apply { config, planned } = request;
    let operation = timeouts::operation(call, &planned.state, "update");
    let name = prior.state.get("name").as_str().unwrap_or_default();
    let patch = patch(&prior.state, &planned.state, &config);
    if is_empty(&patch) {
        // A change that is the state's alone, such as of `timeouts`.
        return Instance {
            state: known(planned.state, &prior.state),
            ..planned
        };
    }
    match call.client.update_connector(&operation, name, &patch).await {
        Ok(mut connector) => {
            verify::look(call, &operation, &mut connector).await;
            settle(&connector, &patch, &prior, &config, planned, diagnostics)
        }
        Err(error) => {
            let kind = Variant::of(&planned.state).kind();
            diagnostics.push(errors::of_write(&error, "update", name, kind));
            prior
        }
    }
}

/// What holds after a PATCH that the API accepted, which is not always what it asked for.
fn settle(
    connector: &Connector,
    patch: &ConnectorPatch,
    prior: &Instance,
    config: &Value,
    planned: Instance,
    diagnostics: &mut Diagnostics,
) -> Instance {
    let before = prior.state.get("name").as_str().unwrap_or_default();
    let wanted = patch.name.as_deref().unwrap_or(before);
    if connector.name != wanted {
        diagnostics.push(errors::not_renamed(before, wanted, &connector.name));
    }
    if patch
        .kind
        .is_some_and(|kind| connector.kind != kind.as_str())
    {
        diagnostics.push(errors::not_retyped(wanted, &connector.kind));
    }
    let Some(kind) = Kind::from_api(&connector.kind) else {
        return state::found(connector, planned);
    };
    let variant = planned.state.get(kind.as_str());
    let sent = patch.options.is_some().then(|| config.get(kind.as_str()));
    let held = prior.state.get("meta");
    let secrets = verify::check(connector, kind, sent, held);
    let private = verify::remember(&planned.private, connector, kind, sent, variant);
    for secret in &secrets.not_taken {
        diagnostics.push(errors::not_taken(&connector.name, kind, secret));
    }
    for secret in &secrets.lost {
        diagnostics.push(errors::lost(&connector.name, kind, secret));
    }
    let planned = Instance { private, ..planned };
    if !diagnostics.has_error() {
        return state::applied(connector, planned);
    }
    // The truth, not the plan: what did not take shows up in the next one.
    let mut found = state::found(connector, planned);
    if let Some(variant) = found.state.get_mut(kind.as_str()) {
        secrets
            .not_taken
            .iter()
            .for_each(|secret| secret.forget(variant));
    }
    found
}

/// The plan, with the prior value of whatever is not known in it: nothing was sent that could have
/// changed it.
fn known(mut planned: Value, prior: &Value) -> Value {
    if let Value::Map(members) = &mut planned {
        for (name, value) in members
            .iter_mut()
            .filter(|(_, value)| !value.is_wholly_known())
        {
            *value = prior.get(name).clone();
        }
    }
    planned
}

/// What changed, as the API takes it.
fn patch(prior: &Value, planned: &Value, config: &Value) -> ConnectorPatch {
    let changed = |name: &str, same: fn(&Value, &Value) -> bool| {
        let planned = planned.get(name);
        (planned.is_wholly_known() && !same(prior.get(name), planned)).then_some(planned)
    };
    let kind = Variant::of(planned).kind();
    let retyped = kind.filter(|kind| prior.get("type").as_str() != Some(kind.as_str()));
    let options = kind
        .filter(|kind| retyped.is_some() || options_change(*kind, prior, planned))
        .map(|kind| {
            let name = kind.as_str();
            options::to_api(kind, planned.get(name), config.get(name))
        });
    ConnectorPatch {
        name: changed("name", Value::eq)
            .and_then(Value::as_str)
            .map(str::to_owned),
        kind: retyped,
        options,
        tags: changed("tags", same::tags).map(ids),
        passthrough: changed("passthrough", same::passthrough).map(rules),
    }
}

/// Whether the variant holds something else for the API. A secret that left the configuration does
/// not: it is no longer managed, and what Onomondo has stays.
pub(super) fn options_change(kind: Kind, prior: &Value, planned: &Value) -> bool {
    let (prior, planned) = (prior.get(kind.as_str()), planned.get(kind.as_str()));
    let Some(members) = planned.as_map() else {
        return false;
    };
    let is_secret = |name: &str| {
        let mut traces = secrets::of(kind).iter().flat_map(Secret::traces);
        traces.any(|trace| trace == name)
    };
    members
        .iter()
        .any(|(name, value)| value != prior.get(name) && !(value.is_null() && is_secret(name)))
}

/// The attributes that are written to the API.
const WRITTEN: [&str; 7] = [
    "name",
    "tags",
    "passthrough",
    "https",
    "tls",
    "aws_iot_core",
    "microsoft_azure_iot",
];

/// Whether an update to this plan asks anything of the API.
pub(super) fn sends(prior: &Value, planned: &Value) -> bool {
    // What is unknown will be something else than it was.
    let unknown = |name: &str| !planned.get(name).is_wholly_known();
    !is_empty(&patch(prior, planned, planned)) || WRITTEN.into_iter().any(unknown)
}

fn is_empty(patch: &ConnectorPatch) -> bool {
    let ConnectorPatch {
        name,
        kind,
        options,
        tags,
        passthrough,
    } = patch;
    name.is_none() && kind.is_none() && options.is_none() && tags.is_none() && passthrough.is_none()
}

/// Tags as the API takes them.
pub(super) fn ids(tags: &Value) -> Vec<String> {
    let ids = tags.elements().iter().filter_map(Value::as_str);
    ids.map(str::to_owned).collect()
}

/// Passthrough rules as the API takes them.
pub(super) fn rules(passthrough: &Value) -> Vec<Passthrough> {
    let rules = passthrough.elements().iter().map(|rule| Passthrough {
        protocol: rule.get("protocol").as_str().unwrap_or_default().to_owned(),
        ip: rule.get("ip").as_str().map(str::to_owned),
        port: options::port_of(rule.get("port")),
    });
    rules.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TLS connector with some attributes changed.
    fn tls(changes: &[(&str, Value)]) -> Value {
        let mut tls = Value::object([
            ("host", "a.example".into()),
            ("port", 443.into()),
            ("server_name", "a.example".into()),
            ("ca", Value::Null),
            ("cert", "certificate".into()),
            ("key", "key".into()),
        ]);
        for (name, value) in changes {
            tls.insert(name, value.clone());
        }
        tls
    }

    fn connector(changes: &[(&str, Value)]) -> Value {
        let mut connector = Value::object([
            ("name", "fleet".into()),
            ("type", "tls".into()),
            ("tls", tls(&[])),
            (
                "tags",
                Value::set(["a5023f47-1db8-425e-b664-dc0b8921f644".into()]),
            ),
            ("passthrough", Value::set([])),
        ]);
        for (name, value) in changes {
            connector.insert(name, value.clone());
        }
        connector
    }

    /// The members of the PATCH for these changes.
    fn members(changes: &[(&str, Value)]) -> Vec<&'static str> {
        let planned = connector(changes);
        let patch = patch(&connector(&[]), &planned, &planned);
        let members = [
            ("name", patch.name.is_some()),
            ("type", patch.kind.is_some()),
            ("options", patch.options.is_some()),
            ("tags", patch.tags.is_some()),
            ("passthrough", patch.passthrough.is_some()),
        ];
        members
            .into_iter()
            .filter(|(_, sent)| *sent)
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn sends_what_changed_and_nothing_else() {
        let rule = Value::object([("protocol", "icmp".into())]);
        let https = Value::object([("host", "https://a.example".into())]);
        for (changes, expected) in [
            (vec![], vec![]),
            (
                vec![("timeouts", Value::object([("read", "1m".into())]))],
                vec![],
            ),
            (vec![("name", "fleet-2".into())], vec!["name"]),
            (vec![("tags", Value::set([]))], vec!["tags"]),
            (
                vec![("passthrough", Value::set([rule]))],
                vec!["passthrough"],
            ),
            (vec![("tls", tls(&[("port", 444.into())]))], vec!["options"]),
            (
                vec![("tls", tls(&[("key", "another key".into())]))],
                vec!["options"],
            ),
            (
                vec![("tls", Value::Null), ("https", https)],
                vec!["type", "options"],
            ),
        ] {
            assert_eq!(members(&changes), expected, "{changes:?}");
        }
    }

    #[test]
    fn a_secret_that_leaves_the_configuration_is_not_unset() {
        assert_eq!(members(&[("tls", tls(&[("key", Value::Null)]))]), [""; 0]);
        let both = tls(&[("key", Value::Null), ("cert", Value::Null)]);
        assert_eq!(members(&[("tls", both)]), [""; 0]);
    }

    #[test]
    fn another_spelling_is_no_change() {
        let tags = Value::set(["A5023F47-1DB8-425E-B664-DC0B8921F644".into()]);
        assert_eq!(
            members(&[("tags", tags), ("passthrough", Value::Null)]),
            [""; 0]
        );
    }
}
