//! The SIMs that are mapped to a connector.

use std::sync::Arc;

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

/// Whether a complete list of connectors does not contain this one.
pub(super) async fn is_missing(client: &Client, operation: &Operation, connector: &str) -> bool {
    matches!(client.find_connector(operation, connector).await, Ok(None))
}
