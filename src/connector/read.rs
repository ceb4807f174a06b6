//! Read: the account's list, and the connector of exactly this name in it.

use super::{drift, errors, state, timeouts};
use crate::{
    onomondo::Client,
    protocol::{Call, Diagnostic, Diagnostics, Instance},
};

pub(super) async fn read(
    call: &Call<Client>,
    current: Instance,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let operation = timeouts::operation(call, &current.state, "read");
    let name = current.state.get("name").as_str().unwrap_or_default();
    call.client.note_managed(name);
    match call.client.find_connector(&operation, name).await {
        Ok(Some(connector)) => {
            let mut found = state::found(&connector, current);
            drift::notice(&connector, &mut found, diagnostics);
            Some(found)
        }
        Ok(None) => {
            // Asked again only on this rare path: whether nothing at all is visible to the key.
            let all = call.client.connectors(&operation).await;
            if all.is_ok_and(|connectors| connectors.is_empty()) {
                diagnostics.push(nothing_visible(name));
            }
            None
        }
        Err(error) => {
            diagnostics.push(errors::diagnostic(&error, "read", name));
            Some(current)
        }
    }
}

fn nothing_visible(name: &str) -> Diagnostic {
    Diagnostic::warning(
        "Onomondo shows no connectors at all",
        format!(
            "The state holds connector `{name}`, but the list of connectors is empty, so the \
             connector counts as deleted. If it should exist, the API key may be limited by tags: \
             such a key sees only what carries one of its tags. Check the key before you apply."
        ),
    )
}
