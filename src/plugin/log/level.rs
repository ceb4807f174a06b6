//! The log level.

use std::env;

use tracing::level_filters::LevelFilter;

/// The variable that sets the log level of one provider, as terraform-plugin-log names it.
pub(crate) fn provider_variable(provider: &str) -> String {
    let provider = provider.replace('-', "_").to_uppercase();
    format!("TF_LOG_PROVIDER_{provider}")
}

/// The log level in this process's environment.
pub(super) fn of_this_process(provider: &str) -> LevelFilter {
    level(provider, |variable| {
        env::var_os(variable).map(|value| value.to_string_lossy().into_owned())
    })
}

/// The level of the most specific variable that is set. If none is set, nobody reads the log, so
/// logging is off.
fn level(provider: &str, lookup: impl Fn(&str) -> Option<String>) -> LevelFilter {
    let variables = [&provider_variable(provider), "TF_LOG_PROVIDER", "TF_LOG"];
    variables
        .into_iter()
        .filter_map(lookup)
        .find(|value| !value.is_empty())
        .map_or(LevelFilter::OFF, |value| parse(&value))
}

/// Parses a level in upper or lower case. `JSON` means TRACE, and changes the form of the CLI's own
/// log. Any unknown word means TRACE too, as in the CLIs.
fn parse(value: &str) -> LevelFilter {
    match value.to_uppercase().as_str() {
        "OFF" => LevelFilter::OFF,
        "ERROR" => LevelFilter::ERROR,
        "WARN" => LevelFilter::WARN,
        "INFO" => LevelFilter::INFO,
        "DEBUG" => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> LevelFilter {
        level("acme-cloud", |name| {
            let found = variables.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_most_specific_variable_wins() {
        let all = [
            ("TF_LOG_PROVIDER_ACME_CLOUD", "error"),
            ("TF_LOG_PROVIDER", "INFO"),
            ("TF_LOG", "TRACE"),
        ];
        assert_eq!(with(&all), LevelFilter::ERROR);
        assert_eq!(with(&all[1..]), LevelFilter::INFO);
        assert_eq!(with(&all[2..]), LevelFilter::TRACE);
        assert_eq!(with(&[("TF_LOG_PROVIDER", ""), all[2]]), LevelFilter::TRACE);
    }

    #[test]
    fn nothing_is_logged_unasked() {
        assert_eq!(with(&[]), LevelFilter::OFF);
        assert_eq!(
            with(&[("TF_LOG_PROVIDER", "off"), ("TF_LOG", "DEBUG")]),
            LevelFilter::OFF
        );
    }

    #[test]
    fn json_and_unknown_levels_are_trace() {
        assert_eq!(with(&[("TF_LOG", "JSON")]), LevelFilter::TRACE);
        assert_eq!(with(&[("TF_LOG", "loud")]), LevelFilter::TRACE);
    }
}
