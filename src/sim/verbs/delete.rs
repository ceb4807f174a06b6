//! Delete: unmaps the SIMs of the state that are still mapped to the connector.

use crate::{
    messages::timeouts::{DELETE, Timeouts},
    onomondo::Client,
    protocol::{Call, Diagnostics, Instance},
    sim::{change, errors, left_behind::LeftBehind, mapped, object::Object},
};

/// A SIM that someone mapped to another connector stays mapped there. If this apply renamed the
/// connector before, its SIMs are mapped to the new name.
pub(in crate::sim) async fn delete(
    call: &Call<Client>,
    prior: &Instance,
    diagnostics: &mut Diagnostics,
) {
    let state = Object::of(&prior.state);
    let operation = Timeouts::of(&prior.state).operation(call, DELETE);
    LeftBehind::read(&prior.private)
        .unmap(
            &call.client,
            &operation,
            &[],
            errors::STILL_IN_STATE,
            diagnostics,
        )
        .await;
    if state.sim_ids.is_empty() {
        return;
    }
    let connector = &call.client.current_name(state.connector);
    let _emptying = call.client.emptying(connector);
    let listed = match mapped::to(&call.client, &operation, connector).await {
        Ok(listed) => listed,
        Err(failure) => {
            diagnostics.push(errors::of_listing(
                &failure.error,
                "unmap SIMs from",
                connector,
            ));
            return;
        }
    };
    let still_mapped = listed.all_of(&state.sim_ids);
    let outcome = change::unmap(&call.client, &operation, connector, &still_mapped).await;
    if !outcome.is_complete() {
        let error = errors::not_unmapped(&outcome, connector, errors::STILL_IN_STATE);
        diagnostics.push(error);
    }
}
