//! `UpgradeResourceState` and `UpgradeResourceIdentity`: what is stored becomes what the schema
//! says now.

use super::{super::Resource, write_identity, write_state};
use crate::protocol::{
    Diagnostic, Diagnostics, json,
    tfplugin6::{RawState, upgrade_resource_identity, upgrade_resource_state},
};

/// Called for every stored state, of whatever version. Attributes that state lacks are null, those
/// that the schema no longer has are dropped.
pub(crate) fn upgrade_state(
    resource: &Resource,
    request: upgrade_resource_state::Request,
) -> Result<upgrade_resource_state::Response, Diagnostics> {
    let raw = stored(resource, request.raw_state)?;
    let state = json::decode_stored(&raw.json, resource.schema().ty())?;
    Ok(upgrade_resource_state::Response {
        upgraded_state: write_state(resource, &state)?,
        diagnostics: Vec::new(),
    })
}

pub(crate) fn upgrade_identity(
    resource: &Resource,
    request: upgrade_resource_identity::Request,
) -> Result<upgrade_resource_identity::Response, Diagnostics> {
    let raw = stored(resource, request.raw_identity)?;
    let identity = json::decode_stored(&raw.json, resource.identity().ty())?;
    Ok(upgrade_resource_identity::Response {
        upgraded_identity: write_identity(resource, &identity)?,
        diagnostics: Vec::new(),
    })
}

/// State in JSON. Terraform before 0.12 wrote another form, which this provider never had.
fn stored(resource: &Resource, raw: Option<RawState>) -> Result<RawState, Diagnostics> {
    match raw {
        Some(raw) if !raw.json.is_empty() => Ok(raw),
        raw => {
            let form = if raw.is_some_and(|raw| !raw.flatmap.is_empty()) {
                "in the form that Terraform 0.11 wrote, which this provider never had"
            } else {
                "empty"
            };
            let detail = format!(
                "The stored state of `{}` is {form}. Remove the resource from the state with \
                 `state rm` and import it again.",
                resource.type_name()
            );
            Err(Diagnostic::error("The stored state cannot be read", detail).into())
        }
    }
}
