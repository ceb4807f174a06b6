//! Plan: what a change will lead to, told as far as it is known.
//!
//! The proposed state is changed in place, attribute by attribute, and never rebuilt: the CLI takes
//! only the configured value or the exact prior one for anything the configuration sets (plugin
//! protocol 5.2).

mod rotation;
mod warnings;

use super::{
    errors, identity, options, private::Private, same, timeouts, update, variant::Variant,
};
use crate::{
    onomondo::{Client, Kind},
    protocol::{Call, Diagnostics, Instance, Plan, Value},
};

pub(super) async fn plan(
    call: &Call<Client>,
    request: Plan,
    diagnostics: &mut Diagnostics,
) -> Instance {
    let Plan {
        config,
        proposed,
        prior,
    } = request;
    let (prior_state, private, prior_identity) = match &prior {
        Some(prior) => (
            prior.state.clone(),
            prior.private.clone(),
            prior.identity.clone(),
        ),
        None => Default::default(),
    };
    let mut planned = proposed;
    plan_shared(&config, &prior_state, &mut planned);
    let remembered = Private::read(&private);
    for kind in Kind::ALL {
        plan_variant(kind, &config, &prior_state, &remembered, &mut planned);
    }
    plan_meta(&prior_state, &mut planned);

    let is_left_without = |now: &Value, before: &Value| {
        Variant::of(now) == Variant::Missing && Variant::of(before) != Variant::Missing
    };
    if is_left_without(&planned, &prior_state) {
        diagnostics.push(warnings::no_variant_left(prior_state.get("type")));
    }
    warn_of_secrets(&config, &prior_state, &planned, diagnostics);
    if prior.is_none() && !diagnostics.has_error() {
        warn_of_name_taken(call, &planned, diagnostics).await;
    }

    let identity = match planned.get("name") {
        // The CLI refuses an unknown identity in the plan of an update, and cannot show one in that
        // of a create: `show -json` fails.
        Value::Unknown => prior_identity,
        name => identity(name.clone()),
    };
    Instance {
        state: planned,
        private,
        identity,
    }
}

/// `name`, `type`, `passthrough`, `tags`.
fn plan_shared(config: &Value, prior: &Value, planned: &mut Value) {
    for name in ["name", "tags"] {
        if config.get(name).is_null() {
            // Left out: what the connector has stays, and a new one is given something.
            planned.insert(name, known_or_unknown(prior.get(name)));
        }
    }
    if config.get("passthrough").is_null() {
        planned.insert("passthrough", Value::set([]));
    }
    keep_spelling("tags", same::tags, prior, planned);
    keep_spelling("passthrough", same::passthrough, prior, planned);
    let kind = match Variant::of(planned) {
        Variant::Set(kind) => kind.as_str().into(),
        // `ignore_changes` over a connector of a type this provider does not know.
        Variant::Missing => known_or_unknown(prior.get("type")),
        Variant::Undecided => Value::Unknown,
    };
    planned.insert("type", kind);
}

fn known_or_unknown(prior: &Value) -> Value {
    if prior.is_null() {
        Value::Unknown
    } else {
        prior.clone()
    }
}

fn keep_spelling(name: &str, same: fn(&Value, &Value) -> bool, prior: &Value, planned: &mut Value) {
    let before = prior.get(name);
    if !before.is_null() && same(before, planned.get(name)) {
        planned.insert(name, before.clone());
    }
}

fn plan_variant(kind: Kind, config: &Value, prior: &Value, private: &Private, planned: &mut Value) {
    let (config, prior) = (config.get(kind.as_str()), prior.get(kind.as_str()));
    let Some(planned) = planned.get_mut(kind.as_str()) else {
        return;
    };
    if kind == Kind::Https && config.get("should_return_body").is_null() {
        planned.insert("should_return_body", false.into());
    }
    rotation::plan(kind, config, prior, private, planned);
    options::keep_spelling(kind, planned, prior);
}

/// `meta` may change with every write: it is known only where nothing is sent, or where the type
/// has no secrets.
fn plan_meta(prior: &Value, planned: &mut Value) {
    let kind = Variant::of(planned).kind();
    let meta = if kind.is_some_and(|kind| kind.secrets().is_empty()) {
        Value::object([])
    } else if prior.is_null() || update::sends(prior, planned) {
        Value::Unknown
    } else {
        known_or_unknown(prior.get("meta"))
    };
    planned.insert("meta", meta);
}

/// Says what becomes of the secrets, where that is not what the configuration makes one think.
fn warn_of_secrets(config: &Value, prior: &Value, planned: &Value, diagnostics: &mut Diagnostics) {
    let Some(kind) = Variant::of(planned).kind() else {
        return;
    };
    let name = kind.as_str();
    if prior.get("type").as_str() == Some(name) {
        let sends = update::options_change(kind, prior, planned);
        let (config, held, prior) = (config.get(name), prior.get("meta"), prior.get(name));
        warnings::kept_secrets(kind, config, prior, held, sends, diagnostics);
    } else {
        warnings::missing_secrets(kind, config.get(name), diagnostics);
    }
}

/// Warns of a name that the account already has. Create checks again and refuses it: this only says
/// so early, and is silent where the account cannot be read.
async fn warn_of_name_taken(call: &Call<Client>, planned: &Value, diagnostics: &mut Diagnostics) {
    let Some(name) = planned.get("name").as_str() else {
        return;
    };
    let operation = timeouts::operation(call, planned, "read");
    if call.client.name_seems_taken(&operation, name).await {
        diagnostics.push(errors::name_taken(name));
    }
}
