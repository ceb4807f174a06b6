//! How a create fails.

use crate::onomondo::{Error, Refusal};

/// Why a connector was not made, or not known to be.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The account has a connector of that name; nothing was made.
    #[error("a connector named `{name}` already exists{}", shown_refusal(refusal.as_deref()))]
    AlreadyExists {
        /// The name.
        name: String,
        /// What the API said, if it was asked.
        refusal: Option<Box<Refusal>>,
        /// Whether a state of this process holds that connector, or another create of it makes it.
        is_ours: bool,
        /// Whether the API refused the name although the list, read afterward, does not have it: this
        /// API key cannot see the connector.
        is_hidden: bool,
    },
    /// The answer was lost, and it cannot be told whether a connector was made.
    #[error(
        "the response was lost, and a connector may have been created{}: {cause}",
        shown_new(new)
    )]
    Unsure {
        /// Connectors that are in the account now and that this process did not make itself.
        new: Vec<String>,
        /// How the answer was lost.
        #[source]
        cause: Error,
    },
    /// Every other failure. Its `may_have_written` tells whether the connector may appear yet.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// The account has a connector of this name.
pub(super) fn already_exists(
    name: &str,
    refusal: Option<Box<Refusal>>,
    is_ours: bool,
    is_hidden: bool,
) -> CreateError {
    CreateError::AlreadyExists {
        name: name.to_owned(),
        refusal,
        is_ours,
        is_hidden,
    }
}

fn shown_refusal(refusal: Option<&Refusal>) -> String {
    refusal.map_or_else(String::new, |refusal| format!(": {refusal}"))
}

fn shown_new(new: &[String]) -> String {
    if new.is_empty() {
        return String::new();
    }
    let names: Vec<String> = new.iter().map(|name| format!("`{name}`")).collect();
    format!(" (new in the account: {})", names.join(", "))
}
