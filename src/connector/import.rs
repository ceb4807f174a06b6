//! Import: the connector of a name that the user gives.

use super::{errors, identity, lookup, state};
use crate::{
    onomondo::{Client, Kind, Operation},
    protocol::{Call, Diagnostic, ImportTarget, Instance, Value},
};

pub(super) async fn import(
    call: &Call<Client>,
    target: &ImportTarget,
) -> Result<Instance, Diagnostic> {
    let name = match target {
        ImportTarget::Id(id) => id.as_str(),
        ImportTarget::Identity(identity) => identity.get("name").as_str().unwrap_or_default(),
    };
    let operation = Operation::new(call.stop.clone(), None);
    let found = lookup::find(&call.client, &operation, name).await;
    let connector = found
        .map_err(|error| errors::diagnostic(&error, "import", name))?
        .map_err(|near_misses| not_found(name, &near_misses))?;
    if Kind::from_api(&connector.kind).is_none() {
        return Err(unknown_type(name, &connector.kind));
    }
    let blank = Instance {
        state: Value::object([]),
        private: Vec::new(),
        identity: identity(name),
    };
    Ok(state::found(&connector, blank))
}

fn not_found(name: &str, near_misses: &str) -> Diagnostic {
    Diagnostic::error(
        format!("No connector `{name}`"),
        format!(
            "Onomondo has no connector named `{name}`, and the ID of an import is its exact name. \
             {near_misses}"
        ),
    )
}

fn unknown_type(name: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Connector `{name}` is of a type this provider does not know"),
        format!(
            "Its type is `{kind}`, which Onomondo does not document. This provider manages `https`, \
             `tls`, `aws_iot_core` and `microsoft_azure_iot`; a newer version may know more."
        ),
    )
}
