//! Read: finds the connector with exactly this name in the account's list.

use crate::{
    connector::{
        errors,
        model::{Object, attributes::READ, state},
        secrets::{PrivateState, drift},
    },
    messages::invalid::quoted,
    onomondo::Client,
    protocol::{Call, Diagnostic, Diagnostics, Instance},
};

/// The maximum number of missing connectors that a message names.
const MISSING_SHOWN: usize = 10;

pub(crate) async fn read(
    call: &Call<Client>,
    mut current: Instance,
    diagnostics: &mut Diagnostics,
) -> Option<Instance> {
    let known = Object::of(&current.state);
    let operation = known.timeouts.operation(call, READ);
    let name = known.state_name();
    call.client.note_refreshed(name);
    let mut private = PrivateState::read(&current.private);
    if let Some(former) = private.former_name.take() {
        // This refresh also finds the SIMs under the new name. After that, another connector may
        // take the former name.
        call.client.note_former_name(&former, name);
        current.private = private.write();
    }
    match call.client.find_connector(&operation, name).await {
        Ok(Some(connector)) => {
            let mut found = state::found(&connector, current);
            drift::notice(&connector, &mut found, diagnostics);
            Some(found)
        }
        Ok(None) => {
            // Only this rare path reads the list again, to see what it holds instead.
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
            // All reads of a refresh share one list. Only one of them reports its failure.
            if failure.is_news() {
                diagnostics.push(errors::of_read(&failure.error, name));
            }
            Some(current)
        }
    }
}

/// The warning about a list that lacks connectors in state. If several are missing, the list is
/// probably wrong.
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
             The plan treats them as deleted. If they should exist, the list may be incomplete, \
             or the API key may be limited to tags: such a key sees only connectors that have one \
             of its tags. Check the key before you apply."
        ),
    )
}

fn other_case(name: &str, other: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("Connector `{name}` does not exist, but `{other}` does"),
        format!(
            "State contains connector `{name}`. Onomondo has a connector named `{other}`. The \
             names differ only in case, and names are case-sensitive. If `{name}` was renamed to \
             `{other}` outside of Terraform, set `name` to `{other}`, remove the resource from \
             state, and import `{other}`."
        ),
    )
}
