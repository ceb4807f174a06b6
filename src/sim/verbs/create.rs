//! Create: maps every SIM that is not mapped yet.

use crate::{
    messages::timeouts::{CREATE, Timeouts},
    onomondo::Client,
    protocol::{Apply, Call, Diagnostics, Instance},
    sim::{change, errors, mapped, object::Object},
};

/// A create that fails in part leaves no state. With a state, the CLI would mark the resource for
/// replacement, which unmaps every SIM first. Without one, the next apply maps the rest.
pub(in crate::sim) async fn create(
    call: &Call<Client>,
    request: Apply,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let Apply { planned, .. } = request;
    let plan = Object::of(&planned.state);
    if plan.sim_ids.is_empty() {
        return Some(planned);
    }
    let operation = Timeouts::of(&planned.state).operation(call, CREATE);
    let listed = match mapped::to(&call.client, &operation, plan.connector).await {
        Ok(listed) => listed,
        Err(failure) => {
            diagnostics.push(errors::of_listing(
                &failure.error,
                "map SIMs to",
                plan.connector,
            ));
            return None;
        }
    };
    let outcome = change::map(
        &call.client,
        &operation,
        plan.connector,
        &plan.sim_ids,
        &listed,
    )
    .await;
    if !outcome.is_complete() {
        let error = errors::not_mapped(call, &outcome, plan.connector, errors::NOT_IN_STATE).await;
        diagnostics.push(error);
        return None;
    }
    Some(planned)
}
