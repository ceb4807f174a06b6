//! Read: keeps the SIMs of the state that are still mapped to the connector.

use crate::{
    messages::timeouts::{READ, Timeouts},
    onomondo::Client,
    protocol::{Call, Diagnostics, Instance},
    sim::{
        attributes::CONNECTOR,
        errors, mapped,
        object::{Object, with_sims},
    },
};

/// SIMs that others mapped to the same connector are not added.
pub(in crate::sim) async fn read(
    call: &Call<Client>,
    current: Instance,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let known = Object::of(&current.state);
    if known.sim_ids.is_empty() {
        return Some(current);
    }
    let operation = Timeouts::of(&current.state).operation(call, READ);
    let (connector, listed) = match mapped::find(&call.client, &operation, &known).await {
        Ok(found) => found,
        Err(failure) => {
            // All reads of a refresh may share one listing. Only one of them reports its failure.
            if failure.is_news() {
                let error = &failure.error;
                diagnostics.push(errors::of_listing(
                    error,
                    "read the SIMs of",
                    known.connector,
                ));
            }
            return Some(current);
        }
    };
    let sim_ids = known.sim_ids.iter().copied();
    let mapped = sim_ids.filter(|spelling| listed.find(spelling).is_some());
    let mut state = with_sims(&current.state, mapped);
    CONNECTOR.set(&mut state, connector);
    Some(Instance { state, ..current })
}
