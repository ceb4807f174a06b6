//! Create: never over what exists, never twice.

use super::{errors, options, state, timeouts, update, variant::Variant};
use crate::{
    onomondo::{Client, CreateError, NewConnector},
    protocol::{Apply, Call, Diagnostic, Diagnostics, Instance},
};

pub(super) async fn create(
    call: &Call<Client>,
    request: Apply,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let planned = request.planned;
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
        options: options::to_api(kind, planned.state.get(kind.as_str())),
        tags: (!tags.is_unknown()).then(|| update::ids(tags)),
        passthrough: Some(passthrough),
    };
    match call.client.create_connector(&operation, &new).await {
        Ok(connector) if name.is_some_and(|name| name != connector.name) => {
            diagnostics.push(errors::named_otherwise(shown_name, &connector.name));
            Some(state::found(&connector, planned))
        }
        Ok(connector) => Some(state::applied(&connector, planned)),
        Err(CreateError::AlreadyExists { name, .. }) => {
            diagnostics.push(errors::already_exists(&name));
            None
        }
        Err(CreateError::Unsure { new, cause }) => {
            diagnostics.push(unsure(
                &new,
                &errors::diagnostic(&cause, "create", shown_name),
            ));
            None
        }
        Err(CreateError::Failed(error)) => {
            diagnostics.push(errors::of_write(&error, "create", shown_name, Some(kind)));
            None
        }
    }
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
