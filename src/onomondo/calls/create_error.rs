//! The errors of a create.

use crate::onomondo::{Error, Refusal};

/// The reason why a connector was not created, or may not have been.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// The account has a connector with that name. Nothing was created.
    #[error("a connector named `{name}` already exists{}", shown_refusal(refusal.as_deref()))]
    AlreadyExists {
        /// The name.
        name: String,
        /// The API's refusal, if a request was sent.
        refusal: Option<Box<Refusal>>,
        /// Whether a state in this process holds that connector, or another create in this process
        /// is making it.
        is_ours: bool,
        /// Whether the API refused the name although a later list does not have it. In that case,
        /// this API key cannot see the connector.
        is_hidden: bool,
    },
    /// The response was lost, and it is unknown whether a connector was created.
    #[error(
        "the response was lost, and a connector may have been created{}: {cause}",
        shown_new(new)
    )]
    Unsure {
        /// New connectors in the account that nothing else in this process made.
        new: Vec<String>,
        /// The error that caused the response to be lost.
        #[source]
        cause: Error,
    },
    /// Any other failure. Its `may_have_written` says whether the connector may still appear.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// The error for a name that the account already has.
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
