//! Creates a connector. `onomondo/calls/create_connector.rs` makes sure that a create neither
//! overwrites a connector nor runs twice.

use crate::{
    connector::{
        errors,
        model::{Object, attributes::CREATE, request, state},
        secrets::verify::{self, Sent},
        variants::Variant,
    },
    onomondo::{Client, CreateError, Error},
    protocol::{Apply, Call, Diagnostic, Diagnostics, Instance},
};

pub(crate) async fn create(
    call: &Call<Client>,
    request: Apply,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let Apply { config, planned } = request;
    let (config, plan) = (Object::of(&config), Object::of(&planned.state));
    let Some(of_plan) = plan.variant.known() else {
        diagnostics.push(errors::no_variant());
        return None;
    };
    let variant = of_plan.variant;
    let new = match request::new_connector(of_plan, &plan, &config) {
        Ok(new) => new,
        Err(error) => {
            diagnostics.push(error);
            return None;
        }
    };
    let operation = plan.timeouts.operation(call, CREATE);
    let mut written = match call.client.create_connector(&operation, &new).await {
        Ok(written) => written,
        Err(error) => {
            diagnostics.push(failure(error, plan.name.known(), variant));
            return None;
        }
    };
    let sent = Sent::new(Some(config.of_variant(variant)), None);
    verify::complete(call, &operation, &mut written, sent).await;
    let connector = &written.connector;
    for secret in verify::check(connector, variant, sent).not_taken {
        diagnostics.push(errors::not_taken_yet(&connector.name, variant, secret));
    }
    let private = verify::remember(b"", &written, variant, sent, of_plan.object).write();
    let other_name = plan.name.known().filter(|name| *name != connector.name);
    let other_name = other_name.map(|wanted| errors::named_otherwise(wanted, &connector.name));
    let planned = Instance { private, ..planned };
    if let Some(error) = other_name {
        diagnostics.push(error);
        return Some(state::found(connector, planned));
    }
    Some(state::applied(connector, planned))
}

fn failure(error: CreateError, name: Option<&str>, variant: &Variant) -> Diagnostic {
    match error {
        CreateError::AlreadyExists {
            name,
            refusal,
            is_ours,
            is_hidden,
        } => {
            let whose = match (is_ours, is_hidden) {
                (true, _) => errors::Whose::Ours,
                (false, true) => errors::Whose::Hidden,
                (false, false) => errors::Whose::Listed,
            };
            errors::already_exists(&name, refusal.as_deref(), whose)
        }
        CreateError::Unsure { new, cause } => {
            unsure(&new, &errors::of_create(&cause, name, variant))
        }
        CreateError::Failed(error) => {
            let diagnostic = errors::of_create(&error, name, variant);
            match (error, name) {
                (Error::Unsettled { look, .. }, Some(name)) => {
                    unsettled(name, look.is_some(), &diagnostic)
                }
                _ => diagnostic,
            }
        }
    }
}

/// The error after a lost response, if the list does not show the result either. `is_visible` is
/// false if no list can show it, since the API key does not see what it creates.
fn unsettled(name: &str, is_visible: bool, cause: &Diagnostic) -> Diagnostic {
    let next = if is_visible {
        "Run plan again. If the connector exists, the plan says so and shows how to import it."
    } else {
        "The API key may be limited to tags that the connector does not have. A plan with this key \
         then does not show the connector either. Look for it in the Onomondo web app. If it \
         exists, import it with an API key that can see it, or delete it before you apply again."
    };
    Diagnostic::error(
        format!("Connector `{name}` may have been created"),
        format!(
            "The response to the request was lost, and the list of connectors does not show \
             whether the connector was created. {next}\n\n{}",
            cause.detail
        ),
    )
}

/// The error if a connector may exist under a name that the API chose.
fn unsure(new: &[String], cause: &Diagnostic) -> Diagnostic {
    let seen = match new {
        [] => "No new connector has appeared in the account so far, but one still may.".to_owned(),
        names => format!("New in the account since then: `{}`.", names.join("`, `")),
    };
    Diagnostic::error(
        "A connector may have been created",
        format!(
            "The response to the request was lost or incomplete. The configuration does not set \
             `name`, so the provider cannot tell whether the connector was created. {seen} Check \
             the connectors in the Onomondo web app. If the connector was created, import it or \
             delete it before you apply again. To avoid this problem, set `name`.\n\n{}",
            cause.detail
        ),
    )
}
