//! Messages for failed calls to the API: what happened, what the API said, and what to do next.

use crate::{
    onomondo::{Error, TransportFailure},
    protocol::Diagnostic,
};

/// The error for a failure to do something, such as `list the tags`.
pub(crate) fn diagnostic(error: &Error, what: &str) -> Diagnostic {
    with(error, what, title(error), advice(error))
}

/// The error for a data source, which can wait where a resource cannot.
pub(crate) fn of_data_source(error: &Error, what: &str) -> Diagnostic {
    match error {
        Error::NotConfigured { unknown } if !unknown.is_empty() => {
            with(error, what, title(error), UNTIL_APPLY)
        }
        _ => diagnostic(error, what),
    }
}

const UNTIL_APPLY: &str = "Let the data source wait until the value is known: with `depends_on` it is \
                           read during apply, after what the provider block takes the value from. \
                           Or apply that first, for example with `-target`.";

const UNCERTAIN: &str = "The change may have been made or not. Run plan again: it reads what Onomondo \
                         has now and shows what is left to do.";

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
        Error::Unauthorized(_) => "the API key was refused",
        Error::Forbidden(_) => "Onomondo does not allow it",
        Error::Invalid(_) => "Onomondo does not accept it",
        Error::NotFound(_) => "Onomondo's API is not at this address",
        Error::Conflict(_) | Error::NameTaken { .. } => "it conflicts with what exists",
        Error::RateLimited { .. } => "too many requests",
        Error::Server(_) => "Onomondo failed",
        Error::Transport {
            failure: TransportFailure::Barred,
            ..
        } => "no connection to Onomondo is allowed",
        Error::Transport { .. } => "Onomondo was not reached, or did not answer",
        Error::UnexpectedBody { .. } | Error::UnexpectedStatus { .. } => {
            "the answer is not one of Onomondo's API"
        }
        Error::ListTruncated { .. } => "the list of connectors is cut off",
        Error::SimsCutOff { .. } => "the list of SIMs is cut off",
        Error::OddEntry { .. } => "its entry in the list cannot be read",
        Error::NamelessEntry { .. } => "an entry of the list has no name",
        Error::DuplicateName { .. } => "the name is not unique",
        Error::Unsettled { .. } => "it may have been done",
        Error::Stopped { .. } => "interrupted",
        Error::DeadlineExceeded { .. } => "the time was over",
    }
}

fn advice(error: &Error) -> &'static str {
    match error {
        Error::NotConfigured { unknown } if unknown.is_empty() => {
            "Set the environment variable `ONOMONDO_API_KEY`, or `api_key` in the provider block."
        }
        Error::NotConfigured { .. } => {
            "Apply first what the provider block takes this value from, for example with \
             `-target`, or give the provider a value that is known at plan."
        }
        Error::Setup { .. } => {
            "Nothing was sent. Correct the setting where the CLI runs: the provider reads the same \
             environment."
        }
        Error::UnusableName { .. } => "Give the exact name of a connector.",
        Error::Unauthorized(_) => {
            "Check `api_key`, or the environment variable `ONOMONDO_API_KEY`: the key as Onomondo \
             showed it, without `Bearer` in front. An owner or admin of the organisation makes a \
             new one in the Onomondo web app, under API keys."
        }
        Error::Forbidden(_) => {
            "The Connectors API is part of the Enterprise package, and an API key that is limited by \
             tags sees only what has one of its tags, and changes only what it may write through one."
        }
        Error::Invalid(_) => "Change the configuration as Onomondo says and apply again.",
        Error::NotFound(_) => "Check `base_url`: it must be the address of Onomondo's API.",
        // A create has a longer message: see `already_exists`.
        Error::Conflict(_) | Error::NameTaken { .. } => {
            "Another connector has the new name. Choose another `name`, or rename or remove that \
             connector first. Two connectors that swap their names go through a third name, in two \
             applies."
        }
        Error::RateLimited { .. } => {
            "Onomondo allows 600 requests a minute, and other programs of your organisation may use \
             them too. Run again later, or set `requests_per_minute` in the provider block to less."
        }
        Error::UnexpectedBody { .. } if error.may_have_written() => {
            "The change may have been made or not. Run plan again: it reads what Onomondo has now \
             and shows what is left to do. If this comes again, check `base_url`, and whether a \
             proxy or a login page answers in place of Onomondo."
        }
        Error::Stopped { .. } if error.may_have_written() => {
            "The change may have been made or not. Run again to go on: the plan reads what Onomondo \
             has now."
        }
        Error::DeadlineExceeded { .. } if error.may_have_written() => {
            "The change may have been made or not: the next plan reads what Onomondo has now. Raise \
             the value in `timeouts`, or leave it out for no limit, and run again."
        }
        Error::Unsettled { .. } => UNCERTAIN,
        error if error.may_have_written() => UNCERTAIN,
        Error::Transport {
            failure: TransportFailure::Barred,
            ..
        } => {
            "Nothing was sent, and another attempt would end the same. If a proxy refused, check \
             `HTTPS_PROXY` and `NO_PROXY`. If a certificate is not trusted, a proxy may stand in \
             between: name a file with its CA certificate in `SSL_CERT_FILE`, or, on Windows and \
             macOS, add it to the system's trust store."
        }
        Error::Server(_) => "Run again later; if it stays, ask Onomondo's support.",
        Error::Transport { .. } => {
            "Check the network, the proxy settings and `base_url`, then run again."
        }
        Error::UnexpectedBody { .. } | Error::UnexpectedStatus { .. } => {
            "Check `base_url`, and whether a proxy or a login page answers in place of Onomondo. \
             The state is unchanged."
        }
        Error::SimsCutOff { .. } => {
            "Run again. If the problem persists, contact Onomondo support. The state is unchanged."
        }
        Error::ListTruncated { .. } => {
            "The API shows no more entries than that, whatever it is asked. An API key that is limited \
             by tags sees fewer connectors: use one for which they are less than that. If connectors \
             were being created or deleted meanwhile, run again. The state is unchanged."
        }
        Error::OddEntry { .. } => {
            "Other connectors are not affected. A newer version of this provider may be able to read \
             it. Otherwise correct the connector in the Onomondo web app, or report what this message \
             says. The state is unchanged."
        }
        Error::NamelessEntry { .. } => {
            "That entry may be this connector. Look for it in the Onomondo web app, and report what \
             this message says. The state is unchanged."
        }
        Error::DuplicateName { .. } => {
            "A connector is known by its name alone. Rename or delete one of them in the Onomondo \
             web app."
        }
        Error::Stopped { .. } => "Run again to go on: what was done until then is in the state.",
        Error::DeadlineExceeded { .. } => {
            "Raise the value in `timeouts`, or leave it out for no limit, and run again."
        }
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
