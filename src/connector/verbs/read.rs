//! Read: the account's list, and the connector of exactly this name in it.

use crate::{
    connector::{
        errors,
        model::{Object, attributes::READ, state},
        secrets::drift,
    },
    messages::invalid::quoted,
    onomondo::Client,
    protocol::{Call, Diagnostic, Diagnostics, Instance},
};

/// How many connectors that a list lacks are named.
const MISSING_SHOWN: usize = 10;

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
                if let Some(missing) = call.client.doubt(&all) {
                    diagnostics.push(doubtful(all.entries(), &missing));
                }
                let mut names = all.iter().map(|connector| connector.name.as_str());
                if let Some(other) = names.find(|other| other.eq_ignore_ascii_case(name)) {
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

/// A list that lacks connectors of the state. One that lacks several is seldom the truth.
fn doubtful(entries: usize, missing: &[String]) -> Diagnostic {
    let title = if entries == 0 {
        "Onomondo lists no connectors"
    } else {
        "Several connectors are missing from the list"
    };
    let shown = missing.iter().take(MISSING_SHOWN).map(|name| quoted(name));
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = if missing.len() > MISSING_SHOWN {
        ", …"
    } else {
        ""
    };
    Diagnostic::warning(
        title,
        format!(
            "State contains connectors that are missing from the list, such as {shown}{more}. \
             They count as deleted. If they should exist, the list may be incomplete, or the API \
             key may be limited to tags: such a key sees only connectors that have one of its \
             tags. Check the key before you apply."
        ),
    )
}

fn other_case(name: &str, other: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("Connector `{name}` does not exist, but `{other}` does"),
        format!(
            "State contains connector `{name}`. Onomondo has a connector named `{other}`, which \
             differs only in case and counts as another connector. If it was renamed outside of \
             Terraform, set `name` to `{other}`, remove the resource from state, and import it."
        ),
    )
}
