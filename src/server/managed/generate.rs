//! `GenerateResourceConfig`.

use super::{
    super::{registry::Resource, sent::Sent},
    write_state,
};
use crate::protocol::{
    Diagnostics,
    tfplugin6::generate_resource_config::{Request, Response},
};

pub(crate) fn generate_config<C: Send>(
    resource: &Resource<C>,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let state = Sent::State.read(request.state.as_ref(), resource.schema().ty())?;
    Ok(Response {
        // A configuration has the same type as a state.
        config: write_state(resource, &resource.generate_config(state))?,
        diagnostics: Vec::new(),
    })
}
