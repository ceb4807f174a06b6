//! `ImportResourceState`.

use super::{super::registry::Resource, read_identity, write_identity, write_state};
use crate::protocol::{
    Call, Diagnostics, ImportTarget,
    tfplugin6::import_resource_state::{ImportedResource, Request, Response},
};

pub(crate) async fn import<C: Send>(
    resource: Resource<C>,
    call: Call<C>,
    request: Request,
) -> Result<Response, Diagnostics> {
    let identity = read_identity(&resource, request.identity.as_ref())?;
    // An import by identity comes with an empty ID.
    let target = if request.id.is_empty() && !identity.is_null() {
        ImportTarget::Identity(identity)
    } else {
        ImportTarget::Id(request.id)
    };
    let instance = resource.import(&call, target).await?;
    Ok(Response {
        imported_resources: vec![ImportedResource {
            type_name: resource.type_name().to_owned(),
            state: write_state(&resource, &instance.state)?,
            private: instance.private,
            identity: write_identity(&resource, &instance.identity)?,
        }],
        ..Default::default()
    })
}
