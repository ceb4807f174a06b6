//! Finds a connector by a name that a user wrote.

use crate::{
    messages::near_misses,
    onomondo::{Client, Connector, Error, Operation},
};

/// Finds the connector with exactly this name. If there is none, suggests similar names.
pub(crate) async fn find(
    client: &Client,
    operation: &Operation,
    name: &str,
) -> Result<Result<Connector, String>, Error> {
    if let Some(connector) = client.find_connector(operation, name).await? {
        return Ok(Ok(connector));
    }
    let all = client.connectors(operation).await?;
    let names = all.iter().map(|connector| connector.name.as_str());
    Ok(Err(near_misses::hint("connector", name, names)))
}
