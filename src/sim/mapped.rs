//! The SIMs that are mapped to a connector.

use std::sync::Arc;

use super::object::Object;
use crate::onomondo::{Client, Error, ListFailure, Operation, SimFilter, Sims};

/// The SIMs mapped to the connector of this name. Returns none if the connector does not exist: the
/// API's answer in that case is not documented.
pub(super) async fn to(
    client: &Client,
    operation: &Operation,
    connector: &str,
) -> Result<Arc<Sims>, ListFailure> {
    let failure = match client
        .sims(operation, &SimFilter::of_connector(connector))
        .await
    {
        Ok(listed) => return Ok(listed),
        Err(failure) => failure,
    };
    let may_mean_missing = matches!(failure.error, Error::Invalid(_) | Error::NotFound(_));
    if may_mean_missing && is_missing(client, operation, connector).await {
        return Ok(Arc::default());
    }
    Err(failure)
}

/// The connector that the SIMs of a state are mapped to, and its SIMs. If this apply or an earlier
/// one renamed the connector, but did not get to this resource, the SIMs may be mapped to the new
/// name.
pub(super) async fn find(
    client: &Client,
    operation: &Operation,
    state: &Object<'_>,
) -> Result<(String, Arc<Sims>), ListFailure> {
    let listed = to(client, operation, state.connector).await?;
    let now = client.current_name(state.connector);
    if now != state.connector
        && listed.all_of(&state.sim_ids).is_empty()
        // Another connector may have the former name now.
        && is_missing(client, operation, state.connector).await
    {
        let renamed = to(client, operation, &now).await?;
        if !renamed.all_of(&state.sim_ids).is_empty() {
            return Ok((now, renamed));
        }
    }
    Ok((state.connector.to_owned(), listed))
}

/// Whether a complete list of connectors does not contain this one.
pub(super) async fn is_missing(client: &Client, operation: &Operation, connector: &str) -> bool {
    matches!(client.find_connector(operation, connector).await, Ok(None))
}
