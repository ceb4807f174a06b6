//! Import: takes over the connector that the user names.

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
            "Onomondo has no connector named {name}. The import ID must be the exact name of a \
             connector. {near_misses}"
        ),
    )
}

fn without_name() -> Diagnostic {
    Diagnostic::error(
        "The import ID is empty",
        "The import ID must be the exact name of the connector, as Onomondo shows it.",
    )
}

fn unknown_type(name: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Connector `{name}` has a type that this provider does not support"),
        format!(
            "Its type is {}, which Onomondo does not document. This provider manages `https`, \
             `tls`, `aws_iot_core`, and `microsoft_azure_iot`; a newer version may support more \
             types. To read the connector without managing it, use `data \"{TYPE_NAME}\"`: its \
             `options_json` contains the options of any type.",
            quoted(kind)
        ),
    )
}
