//! The title and the advice for every error of the API. The sentence between them, which says what
//! the API answered, is the `Display` of `onomondo::Error`.

use crate::{
    onomondo::{BodyProblem, Error, TransportFailure},
    protocol::Diagnostic,
};

/// The error for a failure to do something, such as `list the tags`.
pub(crate) fn diagnostic(error: &Error, what: &str) -> Diagnostic {
    with(error, what, title(error), advice(error))
}

/// The error for a data source. Unlike a resource, a data source can wait until a value is known.
pub(crate) fn of_data_source(error: &Error, what: &str) -> Diagnostic {
    match error {
        Error::NotConfigured { unknown } if !unknown.is_empty() => {
            with(error, what, title(error), UNTIL_APPLY)
        }
        _ => diagnostic(error, what),
    }
}

const UNTIL_APPLY: &str = "To make the data source wait until the value is known, add \
                           `depends_on`: the data source is then read during apply. Or apply the \
                           resource that this value comes from first, for example with `-target`.";

const UNCERTAIN: &str = "The change may have been made. Run plan again: it reads what Onomondo \
                         has now and shows the changes that are still needed.";

const TIMED_OUT: &str = "Increase the value in `timeouts`, or omit it to remove the limit, and run \
                         again. A delete reads the value from state, so apply the new value before \
                         you destroy. If the request was not sent, it was still waiting for its \
                         turn under the rate limit.";

const UNAUTHORIZED: &str = "Check `api_key`, or the environment variable `ONOMONDO_API_KEY`. It must \
                            be the key as Onomondo showed it, without `Bearer` in front. An owner \
                            or admin of the organization can create a new key in the Onomondo web \
                            app, under API keys.";

const LIST_TRUNCATED: &str = "The API did not return more connectors when asked for them. An API key \
                              that is limited to tags sees fewer connectors: use a key that sees \
                              fewer than this limit. If connectors were being created or deleted \
                              at the same time, run again. The state is unchanged.";

const NAME_TAKEN: &str = "Another connector has the new name. If this configuration also renames or \
                          deletes that connector, apply again: that change may not have started, \
                          because Terraform and OpenTofu make only ten changes at a time by \
                          default. If many connectors pass their names on, set `-parallelism` to at \
                          least the number of these connectors. To swap the names of two \
                          connectors, use a third name and two applies. Otherwise, choose another \
                          `name`, or rename or remove that connector first.";

/// The error for a rename that Onomondo refused because of a conflict.
pub(crate) fn of_rename(error: &Error, what: &str) -> Diagnostic {
    with(error, what, title(error), NAME_TAKEN)
}

/// The error with the caller's title and advice.
pub(crate) fn with(error: &Error, what: &str, title: &str, advice: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Could not {what}: {title}"),
        format!("{}.\n\n{advice}", sentence(&error.to_string())),
    )
}

pub(crate) fn title(error: &Error) -> &'static str {
    match error {
        Error::NotConfigured { .. } => "the provider is not configured yet",
        Error::Setup { .. } => "the HTTP client could not be set up",
        Error::UnusableName { .. } => "the name cannot be used",
        Error::Unauthorized(_) => "the API key was rejected",
        Error::Forbidden(_) => "Onomondo denied permission",
        Error::Invalid(_) => "Onomondo rejected the request",
        Error::NotFound(_) => "Onomondo's API is not at this address",
        Error::Conflict(_) => "Onomondo reported a conflict",
        Error::NameTaken { .. } => "the new name is taken",
        Error::RateLimited { .. } => "too many requests",
        Error::Server(_) => "Onomondo returned a server error",
        Error::Transport {
            failure: TransportFailure::Barred,
            ..
        } => "the connection was rejected",
        Error::Transport { .. } => "Onomondo could not be reached or did not respond",
        error if is_of_the_api(error) => "the response was not understood",
        Error::UnexpectedBody { .. } | Error::UnexpectedStatus { .. } => {
            "the response did not come from Onomondo's API"
        }
        Error::ListTruncated { .. } => "the list of connectors is incomplete",
        Error::SimsCutOff { .. } => "the list of SIMs is incomplete",
        Error::TagsCutOff { .. } => "the list of tags is incomplete",
        Error::OddEntry { .. } => "its entry in the list cannot be read",
        Error::NamelessEntry { .. } => "an entry in the list has no name",
        Error::DuplicateName { .. } => "the name is not unique",
        Error::Unsettled { .. } => "the outcome is unknown",
        Error::Stopped { .. } => "interrupted",
        Error::DeadlineExceeded { .. } => "the operation timed out",
    }
}

/// Whether an unexpected response seems to come from the API itself: its body is JSON, or it has
/// one of the API's error codes.
fn is_of_the_api(error: &Error) -> bool {
    match error {
        Error::UnexpectedBody { problem, .. } => !matches!(problem, BodyProblem::NotJson { .. }),
        Error::UnexpectedStatus { refusal, location } => {
            location.is_none() && refusal.reason.code.is_some()
        }
        _ => false,
    }
}

/// What to do about a failed call.
pub(crate) fn advice(error: &Error) -> &'static str {
    match error {
        Error::NotConfigured { unknown } if unknown.is_empty() => {
            "Set the environment variable `ONOMONDO_API_KEY`, or `api_key` in the provider block."
        }
        Error::NotConfigured { .. } => {
            "Apply the resource that this value comes from first, for example with `-target`, or \
             use a value that is known at plan."
        }
        Error::Setup { .. } => {
            "No request was sent. Correct the setting in the environment in which the CLI runs: \
             the provider uses the same environment."
        }
        Error::UnusableName { .. } => "Use the exact name of a connector.",
        Error::Unauthorized(_) => UNAUTHORIZED,
        Error::Forbidden(_) => {
            "The Connectors API is part of the Enterprise package. An API key that is limited to \
             tags sees only objects that have one of its tags, and can change only those that it \
             has write access to through a tag."
        }
        Error::Invalid(_) => {
            "Change the configuration as Onomondo's response says and apply again."
        }
        Error::NotFound(_) => "Check `base_url`: it must be the address of Onomondo's API.",
        // A create has a longer message: see `already_exists`. For a rename, see `of_rename`.
        Error::Conflict(_) => {
            "Onomondo's response says what the conflict is. If someone else was changing the same \
             object, run again. Otherwise, resolve the conflict and apply again."
        }
        Error::NameTaken { .. } => NAME_TAKEN,
        Error::RateLimited { .. } => {
            "Onomondo allows 600 requests per minute, and other programs of your organization may \
             share this limit. Run again later, or set `requests_per_minute` in the provider block \
             to a lower number."
        }
        error if is_of_the_api(error) => not_understood(error.may_have_written()),
        Error::UnexpectedBody { .. } if error.may_have_written() => {
            "The change may have been made. Run plan again: it reads what Onomondo has now and \
             shows the changes that are still needed. If the problem persists, check `base_url`, \
             and check whether a proxy or a login page responds instead of Onomondo."
        }
        Error::Stopped { .. } if error.may_have_written() => {
            "The change may have been made. Run again to continue: the plan reads what Onomondo \
             has now."
        }
        Error::DeadlineExceeded { .. } if error.may_have_written() => {
            "The change may have been made. Increase the value in `timeouts`, or omit it to remove \
             the limit, and run again: the next plan reads the current settings from Onomondo. A \
             delete reads the value from state, so apply the new value before you destroy."
        }
        Error::Unsettled { look: None, .. } => {
            "The change may have been made, but this API key may not see the result. Look for it \
             in the Onomondo web app."
        }
        Error::Unsettled { .. } => UNCERTAIN,
        error if error.may_have_written() => UNCERTAIN,
        Error::Transport {
            failure: TransportFailure::Barred,
            ..
        } => {
            "No request was sent, and trying again would fail in the same way. If a proxy refused \
             the connection, check `HTTPS_PROXY` and `NO_PROXY`. If a certificate is not trusted, \
             a proxy may be intercepting the connection. On Linux and FreeBSD, set `SSL_CERT_FILE` \
             to a file that contains the CA certificate. On Windows and macOS, add the CA \
             certificate to the system's trust store."
        }
        Error::Server(_) => "Run again later. If the problem persists, contact Onomondo support.",
        Error::Transport { .. } => {
            "Check the network, the proxy settings, and `base_url`. Then run again."
        }
        Error::UnexpectedBody { .. } | Error::UnexpectedStatus { .. } => {
            "Check `base_url`, and check whether a proxy or a login page responds instead of \
             Onomondo. The state is unchanged."
        }
        Error::SimsCutOff { .. } | Error::TagsCutOff { .. } => {
            "Run again. If the problem persists, contact Onomondo support. The state is unchanged."
        }
        Error::ListTruncated { .. } => LIST_TRUNCATED,
        Error::OddEntry { .. } => {
            "Other connectors are not affected. A newer version of this provider may be able to \
             read it. If not, correct the connector in the Onomondo web app, or report the text \
             of this message in the issue tracker of the provider. The state is unchanged."
        }
        Error::NamelessEntry { .. } => {
            "That entry may be this connector. Look for the connector in the Onomondo web app, \
             and report the text of this message in the issue tracker of the provider. The state \
             is unchanged."
        }
        Error::DuplicateName { .. } => {
            "A connector is identified by its name alone. Rename or delete one of them in the \
             Onomondo web app."
        }
        Error::Stopped { .. } => {
            "Run again to continue: the state contains everything that was done so far."
        }
        Error::DeadlineExceeded { .. } => TIMED_OUT,
    }
}

/// The advice for an unexpected response from the API itself.
fn not_understood(may_have_written: bool) -> &'static str {
    if may_have_written {
        "The change may have been made. Run plan again: it reads what Onomondo has now and shows \
         the changes that are still needed. If the problem persists, check `base_url`, and use the \
         newest version of this provider, which may understand the response."
    } else {
        "Check `base_url`, and use the newest version of this provider, which may understand the \
         response. If the problem persists, report the text of this message in the issue tracker \
         of the provider. The state is unchanged."
    }
}

/// Turns the API's text into the start of a sentence.
pub(crate) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
