//! Delete: what is gone already is done, and what SIMs are mapped to waits for them if it may.

use std::time::Duration;

use crate::{
    connector::{
        errors,
        model::{Object, attributes::DELETE},
    },
    onomondo::{Client, Error},
    protocol::{Call, Diagnostics, Instance},
};

/// How long to wait before asking again whether the SIMs are unmapped.
const PAUSE: Duration = Duration::from_secs(3);

pub(crate) async fn delete(call: &Call<Client>, prior: &Instance, diagnostics: &mut Diagnostics) {
    let prior = Object::of(&prior.state);
    let operation = prior.timeouts.operation(call, DELETE);
    let name = prior.state_name();
    let mut none_mapped = false;
    loop {
        let error = match call.client.delete_connector(&operation, name).await {
            Ok(()) => return,
            Err(error) => error,
        };
        let Error::Forbidden(_) = error else {
            diagnostics.push(errors::diagnostic(&error, "delete", name));
            return;
        };
        // Best effort: without it the message is shorter, not wrong.
        let sims = call.client.mapped_sims(&operation, name).await.ok();
        let were_none_mapped = none_mapped;
        none_mapped = sims.as_ref().is_some_and(|sims| sims.first.is_empty());
        if none_mapped && !were_none_mapped {
            // The last one may have gone between the refusal and this look.
            continue;
        }
        if operation.is_bounded() && !none_mapped {
            tracing::warn!(
                name,
                "SIMs are still mapped to the connector, waiting for them to go"
            );
            if operation.pause(PAUSE).await {
                continue;
            }
        }
        diagnostics.push(errors::still_mapped(&error, name, sims));
        return;
    }
}
