//! Read: keeps the SIMs of the state that are still mapped to the connector.

use std::sync::Arc;

use crate::{
    messages::timeouts::{READ, Timeouts},
    onomondo::{Client, ListFailure, Operation, Sims},
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
    let (connector, listed) = match where_mapped(&call.client, &operation, &known).await {
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

/// The SIMs that are mapped to the connector, and its name. If an earlier apply renamed the
/// connector, but did not get to this resource, the SIMs may be mapped to the new name.
async fn where_mapped(
    client: &Client,
    operation: &Operation,
    known: &Object<'_>,
) -> Result<(String, Arc<Sims>), ListFailure> {
    let listed = mapped::to(client, operation, known.connector).await?;
    let now = client.current_name(known.connector);
    if now != known.connector && listed.all_of(&known.sim_ids).is_empty() {
        let renamed = mapped::to(client, operation, &now).await?;
        if !renamed.all_of(&known.sim_ids).is_empty() {
            return Ok((now, renamed));
        }
    }
    Ok((known.connector.to_owned(), listed))
}
