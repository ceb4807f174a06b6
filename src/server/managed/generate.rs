//! `GenerateResourceConfig`.

use super::{super::registry::Resource, write_state};
use crate::protocol::{
    Diagnostics, dynamic_value,
    tfplugin6::generate_resource_config::{Request, Response},
};

pub(crate) fn generate_config<C: Send>(
    resource: &Resource<C>,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let state = dynamic_value::read(request.state.as_ref(), resource.schema().ty())?;
    Ok(Response {
        // A configuration is of the same type as a state.
        config: write_state(resource, &resource.generate_config(state))?,
        diagnostics: Vec::new(),
    })
}
