//! Delete: succeeds if the connector is already gone. May wait until no SIM is mapped to the
//! connector.

use crate::{
    connector::{
        errors,
        model::{Object, attributes::DELETE},
    },
    onomondo::{Client, DeleteError},
    protocol::{Call, Diagnostics, Instance},
};

pub(crate) async fn delete(call: &Call<Client>, prior: &Instance, diagnostics: &mut Diagnostics) {
    let prior = Object::of(&prior.state);
    let operation = prior.timeouts.operation(call, DELETE);
    let name = prior.state_name();
    match call.client.delete_connector(&operation, name).await {
        Ok(()) => {}
        Err(DeleteError::StillMapped(kept)) => diagnostics.push(errors::still_mapped(&kept, name)),
        Err(DeleteError::Failed(error)) => {
            diagnostics.push(errors::diagnostic(&error, "delete", name));
        }
    }
}
