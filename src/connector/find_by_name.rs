//! The connector of a name that somebody wrote down.

use crate::{
    messages::near_misses,
    onomondo::{Client, Connector, Error, Operation},
};

/// The connector of exactly this name; without one, what may have been meant.
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
