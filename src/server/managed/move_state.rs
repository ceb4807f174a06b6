//! `MoveResourceState`.

use super::{super::registry::Resource, write_identity, write_state};
use crate::protocol::{
    Diagnostic, Diagnostics, MoveSource,
    tfplugin6::move_resource_state::{Request, Response},
};

pub(crate) fn move_state<C: Send>(
    resource: &Resource<C>,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let stored = request.source_state.as_ref();
    let stored = stored.map_or(&[][..], |state| &state.json);
    let source = MoveSource {
        state: serde_json::from_slice(stored).map_err(|_| unreadable(&request.source_type_name))?,
        provider_address: request.source_provider_address.clone(),
        type_name: request.source_type_name.clone(),
    };
    let instance = resource.move_state(&source)?;
    Ok(Response {
        target_state: write_state(resource, &instance.state)?,
        target_identity: write_identity(resource, &instance.identity)?,
        target_private: instance.private,
        diagnostics: Vec::new(),
    })
}

fn unreadable(type_name: &str) -> Diagnostic {
    Diagnostic::error(
        format!("The stored `{type_name}` cannot be read"),
        "Its state is empty or not valid JSON. Remove it from state with `state rm`, and import \
         the object instead.",
    )
}
