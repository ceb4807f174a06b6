//! `ReadResource`.

use super::{super::registry::Resource, read_instance, write_identity, write_state};
use crate::protocol::{
    Call, Diagnostics,
    tfplugin6::read_resource::{Request, Response},
};

pub(crate) async fn read<C: Send>(
    resource: Resource<C>,
    call: Call<C>,
    request: Request,
) -> Result<Response, Diagnostics> {
    let identity = request.current_identity.as_ref();
    let state = request.current_state.as_ref();
    let Some(current) = read_instance(&resource, state, request.private, identity)? else {
        return Ok(Response::default());
    };
    let mut diagnostics = Diagnostics::default();
    let instance = resource.read(&call, current, &mut diagnostics).await;
    // An object that no longer exists has a null state, so the response is empty.
    let instance = instance.unwrap_or_default();
    Ok(Response {
        new_state: write_state(&resource, &instance.state)?,
        new_identity: write_identity(&resource, &instance.identity)?,
        private: instance.private,
        diagnostics: diagnostics.into_proto(),
        ..Default::default()
    })
}
