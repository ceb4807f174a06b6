//! Delete: unmaps the SIMs of the state that are still mapped to the connector.

use crate::{
    messages::timeouts::{DELETE, Timeouts},
    onomondo::Client,
    protocol::{Call, Diagnostics, Instance},
    sim::{change, errors, mapped, object::Object},
};

/// A SIM that someone mapped to another connector stays mapped there. If this apply renamed the
/// connector before, its SIMs are mapped to the new name.
pub(in crate::sim) async fn delete(
    call: &Call<Client>,
    prior: &Instance,
    diagnostics: &mut Diagnostics,
) {
    let state = Object::of(&prior.state);
    if state.sim_ids.is_empty() {
        return;
    }
    let operation = Timeouts::of(&prior.state).operation(call, DELETE);
    let _emptying = call.client.emptying(state.connector);
    let (connector, listed) = match mapped::find(&call.client, &operation, &state).await {
        Ok(found) => found,
        Err(failure) => {
            diagnostics.push(errors::of_listing(
                &failure.error,
                "unmap SIMs from",
                state.connector,
            ));
            return;
        }
    };
    let _emptying_renamed = call.client.emptying(&connector);
    let still_mapped = listed.all_of(&state.sim_ids);
    let outcome = change::unmap(&call.client, &operation, &connector, &still_mapped).await;
    if !outcome.is_complete() {
        let error = errors::not_unmapped(&outcome, &connector, errors::STILL_IN_STATE);
        diagnostics.push(error);
    }
}
