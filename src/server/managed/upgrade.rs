//! `UpgradeResourceState` and `UpgradeResourceIdentity`: convert stored values to the current
//! schema.

use super::{
    super::{registry::Resource, sent::Sent},
    write_identity, write_state,
};
use crate::protocol::{
    Diagnostic, Diagnostics, Value,
    tfplugin6::{RawState, upgrade_resource_identity, upgrade_resource_state},
};

/// Handles a stored state of any version; the CLI calls it for every stored state. Attributes
/// missing from the stored state become null. Attributes missing from the schema are dropped.
/// `client` is `None` if no configuration has made one yet.
pub(crate) fn upgrade_state<C: Send>(
    resource: &Resource<C>,
    client: Option<&C>,
    request: &upgrade_resource_state::Request,
) -> Result<upgrade_resource_state::Response, Diagnostics> {
    let raw = stored(resource, request.raw_state.as_ref())?;
    let state = Sent::State.read_stored(raw, resource.schema().ty())?;
    if let Some(client) = client {
        resource.note_stored(client, &state);
    }
    Ok(upgrade_resource_state::Response {
        upgraded_state: write_state(resource, &state)?,
        diagnostics: Vec::new(),
    })
}

pub(crate) fn upgrade_identity<C: Send>(
    resource: &Resource<C>,
    request: &upgrade_resource_identity::Request,
) -> Result<upgrade_resource_identity::Response, Diagnostics> {
    let raw = stored(resource, request.raw_identity.as_ref())?;
    let identity = match resource.identity() {
        Some(schema) => Sent::Identity.read_stored(raw, schema.ty())?,
        None => Value::Null,
    };
    Ok(upgrade_resource_identity::Response {
        upgraded_identity: write_identity(resource, &identity)?,
        diagnostics: Vec::new(),
    })
}

/// State in JSON. Terraform before 0.12 used another form, which this provider never wrote.
fn stored<'a, C: Send>(
    resource: &Resource<C>,
    raw: Option<&'a RawState>,
) -> Result<&'a [u8], Diagnostics> {
    match raw {
        Some(raw) if !raw.json.is_empty() => Ok(&raw.json),
        raw => {
            let form = if raw.is_some_and(|raw| !raw.flatmap.is_empty()) {
                "in the format of Terraform 0.11, which this provider has never used"
            } else {
                "empty"
            };
            let detail = format!(
                "The stored state of `{}` is {form}. Remove the resource from state with `state \
                 rm`, and import it again.",
                resource.type_name()
            );
            Err(Diagnostic::error("The stored state cannot be read", detail).into())
        }
    }
}
