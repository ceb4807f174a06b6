//! `ValidateResourceConfig`.

use super::super::Resource;
use crate::protocol::{
    Diagnostics, Validate, dynamic_value,
    tfplugin6::validate_resource_config::{Request, Response},
};

pub(in super::super) fn validate(
    resource: &Resource,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let capabilities = request.client_capabilities.unwrap_or_default();
    let request = Validate {
        config: dynamic_value::read(request.config.as_ref(), resource.schema().ty())?,
        write_only_allowed: capabilities.write_only_attributes_allowed,
    };
    let mut diagnostics = Diagnostics::default();
    resource.validate(&request, &mut diagnostics);
    Ok(Response {
        diagnostics: diagnostics.into_proto(),
    })
}
