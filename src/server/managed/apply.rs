//! `ApplyResourceChange`: create, update and delete.

use super::{
    super::{registry::Resource, sent::Sent},
    read_identity, read_instance, write_identity, write_state,
};
use crate::protocol::{
    Apply, Call, Diagnostics, Instance,
    tfplugin6::apply_resource_change::{Request, Response},
};

pub(crate) async fn apply<C: Send>(
    resource: Resource<C>,
    call: Call<C>,
    request: Request,
) -> Result<Response, Diagnostics> {
    let ty = resource.schema().ty();
    let identity = request.planned_identity.as_ref();
    // The prior state comes without private state and identity, so both are taken from the plan.
    let private = request.planned_private;
    let prior = request.prior_state.as_ref();
    let prior = read_instance(&resource, prior, private.clone(), identity)?;
    let planned = Instance {
        state: Sent::Plan.read(request.planned_state.as_ref(), ty)?,
        private,
        identity: read_identity(&resource, identity)?,
    };
    let config = Sent::Configuration.read(request.config.as_ref(), ty)?;

    let mut diagnostics = Diagnostics::default();
    let instance = match prior {
        Some(prior) if planned.state.is_null() => {
            resource
                .delete(&call, prior.clone(), &mut diagnostics)
                .await;
            // An object that could not be deleted stays in the state.
            diagnostics.has_error().then_some(prior)
        }
        Some(prior) => {
            let request = Apply { config, planned };
            Some(
                resource
                    .update(&call, prior, request, &mut diagnostics)
                    .await,
            )
        }
        None => {
            let request = Apply { config, planned };
            resource.create(&call, request, &mut diagnostics).await
        }
    };
    let instance = instance.unwrap_or_default();
    let state = match write_state(&resource, &instance.state) {
        Ok(state) => state,
        // A bug in the provider must not lose a finished write. The plan is the next best state.
        Err(error) => {
            diagnostics.extend(Diagnostics::from(error));
            request.planned_state
        }
    };
    Ok(Response {
        new_state: state,
        new_identity: write_identity(&resource, &instance.identity)?,
        private: instance.private,
        diagnostics: diagnostics.into_proto(),
        ..Default::default()
    })
}
