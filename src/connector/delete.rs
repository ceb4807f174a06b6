//! Delete: what is gone already is done.

use super::{errors, timeouts};
use crate::{
    onomondo::{Client, Error},
    protocol::{Call, Diagnostics, Instance},
};

pub(super) async fn delete(call: &Call<Client>, prior: &Instance, diagnostics: &mut Diagnostics) {
    let operation = timeouts::operation(call, &prior.state, "delete");
    let name = prior.state.get("name").as_str().unwrap_or_default();
    match call.client.delete_connector(&operation, name).await {
        Ok(()) => {}
        Err(error @ Error::Forbidden(_)) => {
            // Best effort: without it the message is shorter, not wrong.
            let sims = call.client.mapped_sims(&operation, name).await.ok();
            diagnostics.push(errors::still_mapped(&error, name, sims));
        }
        Err(error) => diagnostics.push(errors::diagnostic(&error, "delete", name)),
    }
}
