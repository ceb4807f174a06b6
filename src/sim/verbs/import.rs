//! Import: takes over every SIM mapped to the connector that the user names.

use crate::{
    messages::{failure, invalid::quoted, near_misses},
    onomondo::{Client, Operation},
    protocol::{Call, Diagnostic, ImportTarget, Instance, Value},
    sim::{
        attributes::{CONNECTOR, SIM_IDS},
        mapped,
    },
};

pub(in crate::sim) async fn import(
    call: &Call<Client>,
    target: &ImportTarget,
) -> Result<Instance, Diagnostic> {
    let connector = match target {
        ImportTarget::Id(connector) => connector.as_str(),
        // The resource has no identity: two resources may share a connector.
        ImportTarget::Identity(_) => "",
    };
    if connector.is_empty() {
        return Err(without_name());
    }
    let operation = Operation::new(call.stop.clone(), None);
    let failed = |error| {
        failure::diagnostic(
            &error,
            &format!("import the SIMs of connector `{connector}`"),
        )
    };
    let connectors = call.client.connectors(&operation).await.map_err(failed)?;
    let mut names = connectors.iter().map(|connector| connector.name.as_str());
    let listed = mapped::to(&call.client, &operation, connector).await;
    let listed = listed.map_err(|failure| failed(failure.error))?;
    if listed.is_empty() && !names.any(|name| name == connector) {
        let names = connectors.iter().map(|connector| connector.name.as_str());
        let hint = near_misses::hint("connector", connector, names);
        return Err(not_found(connector, &hint));
    }
    let mut state = Value::object([]);
    CONNECTOR.set(&mut state, connector);
    let ids = listed.iter().map(|sim| Value::from(sim.id.as_str()));
    SIM_IDS.set(&mut state, Value::set(ids));
    Ok(Instance {
        state,
        ..Instance::default()
    })
}

fn not_found(connector: &str, near_misses: &str) -> Diagnostic {
    let connector = quoted(connector);
    Diagnostic::error(
        format!("No connector {connector}"),
        format!(
            "Onomondo has no connector named {connector}. The import ID must be the exact name of \
             a connector. {near_misses}"
        ),
    )
}

fn without_name() -> Diagnostic {
    Diagnostic::error(
        "The import ID is empty",
        "The import ID must be the exact name of the connector whose SIMs you want to import, as \
         Onomondo shows it.",
    )
}
