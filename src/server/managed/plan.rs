//! `PlanResourceChange`.

use super::{
    super::{registry::Resource, sent::Sent},
    read_identity, read_instance, write_identity, write_state,
};
use crate::protocol::{
    Call, Diagnostics, Plan, Value,
    tfplugin6::plan_resource_change::{Request, Response},
};

pub(crate) async fn plan<C: Send>(
    resource: Resource<C>,
    call: Call<C>,
    request: Request,
) -> Result<Response, Diagnostics> {
    let ty = resource.schema().ty();
    let proposed = Sent::Plan.read(request.proposed_new_state.as_ref(), ty)?;
    let prior_identity = request.prior_identity.as_ref();
    if proposed.is_null() {
        return destroy(&resource, &request);
    }
    let prior_state = request.prior_state.as_ref();
    let request = Plan {
        config: Sent::Configuration.read(request.config.as_ref(), ty)?,
        proposed,
        prior: read_instance(
            &resource,
            prior_state,
            request.prior_private,
            prior_identity,
        )?,
    };
    let mut diagnostics = Diagnostics::default();
    let planned = resource.plan(&call, request, &mut diagnostics).await;
    Ok(Response {
        planned_state: write_state(&resource, &planned.state)?,
        planned_identity: write_identity(&resource, &planned.identity)?,
        planned_private: planned.private,
        diagnostics: diagnostics.into_proto(),
        ..Default::default()
    })
}

/// The CLI accepts only null as the plan of a destroy. Delete receives the private state and
/// identity.
fn destroy<C: Send>(resource: &Resource<C>, request: &Request) -> Result<Response, Diagnostics> {
    let identity = read_identity(resource, request.prior_identity.as_ref())?;
    Ok(Response {
        planned_state: write_state(resource, &Value::Null)?,
        planned_identity: write_identity(resource, &identity)?,
        planned_private: request.prior_private.clone(),
        ..Default::default()
    })
}
