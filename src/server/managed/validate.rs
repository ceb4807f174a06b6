//! `ValidateResourceConfig`.

use super::super::{read_only, registry::Resource, sent::Sent};
use crate::protocol::{
    Diagnostics, Validate,
    tfplugin6::validate_resource_config::{Request, Response},
};

pub(crate) fn validate<C: Send>(
    resource: &Resource<C>,
    request: &Request,
) -> Result<Response, Diagnostics> {
    let capabilities = request.client_capabilities.unwrap_or_default();
    let schema = resource.schema();
    let request = Validate {
        config: Sent::Configuration.read(request.config.as_ref(), schema.ty())?,
        write_only_allowed: capabilities.write_only_attributes_allowed,
    };
    let mut diagnostics = read_only::set_ones(schema, &request.config);
    resource.validate(&request, &mut diagnostics);
    Ok(Response {
        diagnostics: diagnostics.into_proto(),
    })
}
