//! Messages about a name that another connector has: which connector it is, and how to import it.

use crate::{
    connector::{TYPE_NAME, model::attributes::NAME},
    messages::failure::sentence,
    onomondo::{Error, Refusal},
    protocol::Diagnostic,
};

/// The connector that has the name, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(in crate::connector) enum Whose {
    /// A connector of this configuration.
    Ours,
    /// A connector in the list.
    Listed,
    /// A connector that the list does not show. Onomondo refused the name.
    Hidden,
}

pub(in crate::connector) fn already_exists(
    name: &str,
    refusal: Option<&Refusal>,
    whose: Whose,
) -> Diagnostic {
    let said = refusal.map_or_else(String::new, |refusal| {
        format!("Onomondo rejected the request to create it: {refusal}.\n\n")
    });
    let advice = match whose {
        Whose::Ours => ours(name),
        Whose::Listed => format!("{}\n\n{FREED_LATER} {REPLACED}", adopt(name)),
        Whose::Hidden => hidden(name),
    };
    Diagnostic::error(
        format!("Connector `{name}` exists already"),
        format!("{said}{advice}"),
    )
    .at([NAME.name()])
}

/// The warning for a taken name in a plan, while the user can still change it.
pub(in crate::connector) fn name_taken(name: &str) -> Diagnostic {
    Diagnostic::warning(
        format!("Connector `{name}` exists already"),
        format!(
            "The apply will fail to create it, unless it deletes or renames the other connector \
             first. {}",
            adopt(name)
        ),
    )
    .at([NAME.name()])
}

/// The warning if a plan could not check names. It appears once per plan, for any number of names.
pub(in crate::connector) fn names_not_checked(error: &Error) -> Diagnostic {
    Diagnostic::warning(
        "Could not check whether the names of new connectors are taken",
        format!(
            "{}.\n\nThe plan continues without this check. The apply checks each name again \
             before it creates a connector, and fails if the problem persists.",
            sentence(&error.to_string())
        ),
    )
}

/// During apply, the provider does not know what the apply has not started yet.
const FREED_LATER: &str = "If this apply deletes or renames that connector, do not import it: that \
                           change had not started in time. Apply again.";

/// During apply, the provider cannot tell whether a create is part of a replacement.
const REPLACED: &str = "If this apply replaces the connector with `create_before_destroy`, do not import \
                        it. Connector names are unique: change `name` as well, or remove \
                        `create_before_destroy`.";

fn ours(name: &str) -> String {
    format!(
        "This configuration already manages a connector named `{name}`, and this apply did not \
         free the name. Connector names are unique, so a replacement with `create_before_destroy` \
         needs another `name`: change it, or remove `create_before_destroy`. Two resource blocks \
         cannot have the same `name` either. If another part of this apply deletes or renames \
         that connector, apply again."
    )
}

fn adopt(name: &str) -> String {
    format!(
        "The account already has a connector named `{name}`. To manage it with this configuration, \
         import it:\n\n{}\n\nOtherwise, choose another `name`.",
        import_block(name)
    )
}

fn hidden(name: &str) -> String {
    format!(
        "The name is taken, but this API key does not see a connector named `{name}`. The key may be \
         limited to tags that the connector does not have. Choose another `name`, or import the \
         connector with an API key that can see it:\n\n{}",
        import_block(name)
    )
}

fn import_block(name: &str) -> String {
    format!("  import {{\n    to = {TYPE_NAME}.<resource name>\n    id = \"{name}\"\n  }}")
}
