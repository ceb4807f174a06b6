//! Update: sends one PATCH with only the changes.

use crate::{
    connector::{
        errors,
        model::{Object, attributes::UPDATE, change::Change, request, state},
        secrets::{
            PrivateState, as_planned,
            verify::{self, Sent},
            version,
        },
        variants,
    },
    onomondo::{Client, Written},
    protocol::{Apply, Call, Diagnostics, Instance, Value},
};

pub(crate) async fn update(
    call: &Call<Client>,
    prior: Instance,
    request: Apply,
    diagnostics: &mut Diagnostics,
) -> Instance {
    let Apply {
        config,
        mut planned,
    } = request;
    let private = PrivateState::read(&planned.private);
    let config = as_planned(&config, &prior.state, &private, &planned.state);
    version::settle(&config, &prior.state, &private, &mut planned.state);
    let (before, plan) = (Object::of(&prior.state), Object::of(&planned.state));
    let change = Change::between(&before, &plan);
    let patch = match request::patch(change, &plan, &Object::of(&config)) {
        Ok(patch) => patch,
        Err(error) => {
            diagnostics.push(error);
            return prior;
        }
    };
    if patch.is_empty() {
        // The change affects only the state, such as a change of `timeouts`.
        let state = without_unknown(planned.state, &prior.state);
        return Instance { state, ..planned };
    }
    let operation = plan.timeouts.operation(call, UPDATE);
    let name = before.state_name();
    match call.client.update_connector(&operation, name, &patch).await {
        Ok(mut written) => {
            let config = Object::of(&config);
            let sent = sent(&written, change, &before, &config);
            verify::complete(call, &operation, &mut written, sent).await;
            settle(&written, change, &prior, &config, planned, diagnostics)
        }
        Err(error) => {
            let variant = plan.variant.known().map(|of_plan| of_plan.variant);
            let renames = patch.name.is_some();
            diagnostics.push(errors::of_update(&error, name, variant, renames));
            prior
        }
    }
}

/// The options that were sent.
fn sent<'a>(
    written: &Written,
    change: Change,
    before: &Object<'a>,
    config: &Object<'a>,
) -> Sent<'a> {
    let variant = variants::of_type(&written.connector.kind);
    let of_config = variant.map(|variant| config.of_variant(variant));
    let of_config = of_config.filter(|_| change.options.is_certain());
    Sent::new(of_config, before.meta.known())
}

/// The state after an accepted PATCH; the API may have ignored a part of it.
fn settle(
    written: &Written,
    change: Change,
    prior: &Instance,
    config: &Object<'_>,
    planned: Instance,
    diagnostics: &mut Diagnostics,
) -> Instance {
    let connector = &written.connector;
    let (before, plan) = (Object::of(&prior.state), Object::of(&planned.state));
    let wanted = plan.name.known().unwrap_or(before.state_name());
    if connector.name != wanted {
        let error = errors::not_renamed(before.state_name(), wanted, &connector.name);
        diagnostics.push(error);
    }
    let is_other_type = |name: &str| change.kind.is_certain() && connector.kind != name;
    if plan
        .variant
        .known()
        .is_some_and(|of_plan| is_other_type(of_plan.variant.name()))
    {
        diagnostics.push(errors::not_retyped(wanted, &connector.kind));
    }
    let Some(variant) = variants::of_type(&connector.kind) else {
        return state::found(connector, planned);
    };
    let sent = sent(written, change, &before, config);
    let secrets = verify::check(connector, variant, sent);
    let of_plan = plan.of_variant(variant);
    let mut private = verify::remember(&planned.private, written, variant, sent, of_plan);
    private.note_former_name(before.state_name(), &connector.name);
    let private = private.write();
    for secret in &secrets.not_taken {
        diagnostics.push(errors::not_taken(&connector.name, variant, secret));
    }
    for secret in &secrets.lost {
        diagnostics.push(errors::lost(&connector.name, variant, secret));
    }
    let planned = Instance { private, ..planned };
    if !diagnostics.has_error() {
        return state::applied(connector, planned);
    }
    // Uses the actual values instead of the plan. The next plan shows what the API ignored.
    let mut found = state::found(connector, planned);
    if let Some(object) = variant.field().value_mut(&mut found.state) {
        for secret in secrets.not_taken {
            secret.forget(object);
        }
    }
    found
}

/// The plan, with prior values for its unknown ones: no request was sent that could have changed
/// them.
fn without_unknown(mut planned: Value, prior: &Value) -> Value {
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
