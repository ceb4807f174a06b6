//! `MoveResourceState`.

use super::{super::Resource, write_identity, write_state};
use crate::protocol::{
    Diagnostic, Diagnostics, MoveSource,
    tfplugin6::move_resource_state::{Request, Response},
};

pub(crate) fn take_over(resource: &Resource, request: Request) -> Result<Response, Diagnostics> {
    let state = request.source_state.unwrap_or_default();
    let source = MoveSource {
        state: serde_json::from_slice(&state.json)
            .map_err(|_| unreadable(&request.source_type_name))?,
        provider_address: request.source_provider_address,
        type_name: request.source_type_name,
    };
    let instance = resource.take_over(&source)?;
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
        "Its state is empty or not JSON. Remove it from the state and import the connector by its \
         name instead.",
    )
}
