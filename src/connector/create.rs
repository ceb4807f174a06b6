//! Create: never over what exists, never twice.

use super::{errors, options, state, timeouts, update, variant::Variant, verify};
use crate::{
    onomondo::{Client, CreateError, NewConnector},
    protocol::{Apply, Call, Diagnostic, Diagnostics, Instance, Value},
};

pub(super) async fn create(
    call: &Call<Client>,
    request: Apply,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let Apply { config, planned } = request;
    let operation = timeouts::operation(call, &planned.state, "create");
    let name = planned.state.get("name").as_str();
    let shown_name = name.unwrap_or("(named by Onomondo)");
    let Some(kind) = Variant::of(&planned.state).kind() else {
        diagnostics.push(errors::no_variant());
        return None;
    };
    let tags = planned.state.get("tags");
    let passthrough = update::rules(planned.state.get("passthrough"));
    let new = NewConnector {
        name: name.map(str::to_owned),
        options: options::to_api(
            kind,
            planned.state.get(kind.as_str()),
            config.get(kind.as_str()),
        ),
        tags: (!tags.is_unknown()).then(|| update::ids(tags)),
        passthrough: Some(passthrough),
    };
    match call.client.create_connector(&operation, &new).await {
        Ok(mut connector) => {
            verify::look(call, &operation, &mut connector).await;
            let config = config.get(kind.as_str());
            let secrets = verify::check(&connector, kind, Some(config), &Value::Null);
            for secret in secrets.not_taken {
                diagnostics.push(errors::not_taken_yet(&connector.name, kind, secret));
            }
            let private = verify::remember(
                b"",
                &connector,
                kind,
                Some(config),
                planned.state.get(kind.as_str()),
            );
            let planned = Instance { private, ..planned };
            let wanted = planned.state.get("name").as_str();
            if let Some(wanted) = wanted.filter(|wanted| *wanted != connector.name) {
                diagnostics.push(errors::named_otherwise(wanted, &connector.name));
                return Some(state::found(&connector, planned));
            }
            Some(state::applied(&connector, planned))
        }
        Err(CreateError::AlreadyExists { name, refusal }) => {
            diagnostics.push(errors::already_exists(&name, refusal.as_deref()));
            None
        }
        Err(CreateError::Unsure { new, cause }) => {
            let cause = errors::diagnostic(&cause, "create", shown_name);
            diagnostics.push(match name {
                Some(name) => unsettled(name, &cause),
                None => unsure(&new, &cause),
            });
            None
        }
        Err(CreateError::Failed(error)) => {
            diagnostics.push(errors::of_write(&error, "create", shown_name, Some(kind)));
            None
        }
    }
}

/// The answer was lost, and so was the list that would have settled it.
fn unsettled(name: &str, cause: &Diagnostic) -> Diagnostic {
    Diagnostic::error(
        format!("Connector `{name}` may have been created"),
        format!(
            "The answer to the request was lost, and the account could not be read afterwards. Run \
             plan again: if the connector is there, the plan says so and how to import it.\n\n{}",
            cause.detail
        ),
    )
}

/// A connector may have been made under a name that nobody chose.
fn unsure(new: &[String], cause: &Diagnostic) -> Diagnostic {
    let seen = match new {
        [] => "No connector has appeared in the account since; one may still.".to_owned(),
        names => format!("New in the account since: `{}`.", names.join("`, `")),
    };
    Diagnostic::error(
        "A connector may have been created",
        format!(
            "The answer to the request was lost, and as the connector has no `name`, it cannot be \
             told whether it exists. {seen} Check the account, import or delete what was made, and \
             set `name` so that this can be told.\n\n{}",
            cause.detail
        ),
    )
}
