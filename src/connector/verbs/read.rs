//! Read: the account's list, and the connector of exactly this name in it.

use crate::{
    connector::{
        errors,
        model::{Object, attributes::READ, state},
        secrets::drift,
    },
    onomondo::Client,
    protocol::{Call, Diagnostic, Diagnostics, Instance},
};

pub(crate) async fn read(
    call: &Call<Client>,
    current: Instance,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let known = Object::of(&current.state);
    let operation = known.timeouts.operation(call, READ);
    let name = known.state_name();
    call.client.note_managed(name);
    match call.client.find_connector(&operation, name).await {
        Ok(Some(connector)) => {
            let mut found = state::found(&connector, current);
            drift::notice(&connector, &mut found, diagnostics);
            Some(found)
        }
        Ok(None) => {
            // Asked again only on this rare path: what there is in its place.
            if let Ok(all) = call.client.connectors(&operation).await {
                let mut names = all.iter().map(|connector| connector.name.as_str());
                if all.is_empty() {
                    diagnostics.push(nothing_visible(name));
                } else if let Some(other) = names.find(|other| other.eq_ignore_ascii_case(name)) {
                    diagnostics.push(other_case(name, other));
                }
            }
            None
        }
        Err(failure) => {
            // One list is what every read of a refresh waits for, so its failure is one message.
            if failure.is_news() {
                diagnostics.push(errors::of_read(&failure.error, name));
            }
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

fn other_case(name: &str, other: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("There is no connector `{name}`, but `{other}`"),
        format!(
            "The state holds connector `{name}`. Onomondo has one named `{other}`, which differs in \
             letter case alone and counts as another connector. If it was renamed outside Terraform, \
             set `name` to `{other}`, remove the resource from the state and import it."
        ),
    )
}
