//! Import: the connector of a name that the user gives.

use crate::{
    connector::{
        TYPE_NAME, errors, find_by_name,
        model::{attributes::NAME, state},
        variants,
    },
    messages::invalid::quoted,
    onomondo::{Client, Operation},
    protocol::{Call, Diagnostic, ImportTarget, Instance},
};

pub(crate) async fn import(
    call: &Call<Client>,
    target: &ImportTarget,
) -> Result<Instance, Diagnostic> {
    let name = match target {
        ImportTarget::Id(id) => id.as_str(),
        ImportTarget::Identity(identity) => NAME.of(identity).known().unwrap_or_default(),
    };
    if name.is_empty() {
        return Err(without_name());
    }
    let operation = Operation::new(call.stop.clone(), None);
    let found = find_by_name::find(&call.client, &operation, name).await;
    let connector = found
        .map_err(|error| errors::diagnostic(&error, "import", name))?
        .map_err(|near_misses| not_found(name, &near_misses))?;
    if variants::of_type(&connector.kind).is_none() {
        return Err(unknown_type(name, &connector.kind));
    }
    Ok(state::imported(&connector))
}

fn not_found(name: &str, near_misses: &str) -> Diagnostic {
    let name = quoted(name);
    Diagnostic::error(
        format!("No connector {name}"),
        format!(
            "Onomondo has no connector named {name}. An import takes the exact name, and nothing else. \
             {near_misses}"
        ),
    )
}

fn without_name() -> Diagnostic {
    Diagnostic::error(
        "An import without a name",
        "The name of the connector to import is empty. Give its exact name, as Onomondo shows it.",
    )
}

fn unknown_type(name: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Connector `{name}` is of a type this provider does not know"),
        format!(
            "Its type is {}, which Onomondo does not document. This provider manages `https`, `tls`, \
             `aws_iot_core` and `microsoft_azure_iot`; a newer version may know more. To read the \
             connector without managing it, use `data \"{TYPE_NAME}\"`: its `options_json` has the \
             options of any type.",
            quoted(kind)
        ),
    )
}
