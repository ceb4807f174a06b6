//! The provider block: its schema, its rules, and the client it makes.

use std::{env, fmt::Display, num::NonZeroU32, time::Duration};

use crate::{
    connector,
    messages::invalid::invalid,
    onomondo::{ApiKey, BaseUrl, Client, Config, Redactor},
    protocol::{
        Attribute, Configure, Diagnostic, Diagnostics, Number, Schema, Value, parse_duration,
    },
};

const API_KEY_VARIABLE: &str = "ONOMONDO_API_KEY";
const BASE_URL_VARIABLE: &str = "ONOMONDO_BASE_URL";

const DEFAULT_BASE_URL: &str = "https://api.onomondo.com";
const DEFAULT_REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_MAX_RETRIES: u32 = 4;
/// The API's limit of requests a minute.
const DEFAULT_REQUESTS_PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(599);

/// The schema of the provider block.
pub(super) fn schema() -> Schema {
    Schema::new(
        "Manages Onomondo Connectors, which carry the traffic of cellular IoT devices to an HTTPS \
         endpoint, a TLS server, AWS IoT Core, or Azure IoT Hub.",
        vec![
            Attribute::string("api_key")
                .optional()
                .sensitive()
                .describe(
                    "API key of the organization. Defaults to the environment variable \
                 `ONOMONDO_API_KEY`. An owner or admin creates API keys in the Onomondo web app. \
                 Enter only the key, without `Bearer` in front.",
                ),
            Attribute::string("base_url").optional().describe(
                "Address of the API. Defaults to the environment variable `ONOMONDO_BASE_URL`, or \
                 to `https://api.onomondo.com` if the variable is not set. Plain `http` is \
                 allowed only for loopback addresses.",
            ),
            Attribute::string("request_timeout").optional().describe(
                "Maximum duration of one HTTP request, such as `30s` or `1m30s`. Defaults to \
                 `30s`. Until the API has responded once, a read waits 4 seconds for a response, \
                 tries once more for 6 seconds, and then fails. A value greater than `30s` \
                 turns this off.",
            ),
            Attribute::number("max_retries").optional().describe(
                "How many times a request is repeated after a temporary failure. A whole number, \
                 0 or more. Defaults to `4`.",
            ),
            Attribute::number("requests_per_minute")
                .optional()
                .describe(
                    "Maximum number of requests per minute, for all resources and data sources of \
                 this provider configuration together. A quarter of them can be sent at once. A \
                 whole number, 1 or more. Defaults to `600`, the limit of the API, which leaves \
                 no headroom. If other programs of your organization also call the API, set a \
                 lower number.",
                ),
        ],
    )
}

/// Checks the block. Needs no API key and no network.
pub(super) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    read(config, diagnostics);
}

/// Makes the client. It sends no request until a caller needs one.
pub(super) fn configure(
    request: &Configure,
    redactor: &Redactor,
    diagnostics: &mut Diagnostics,
) -> Option<Client> {
    let settings = read(&request.config, diagnostics)?;
    if settings.api_key.is_none() && !settings.unknown.contains(&"api_key") {
        diagnostics.push(missing_key());
    }
    let user_agent = user_agent(&request.cli_version);
    Some(Client::new(Config {
        user_agent,
        redactor: redactor.clone(),
        ..settings
    }))
}

/// Reads the block. Returns `None` after an error, which is in `diagnostics`.
fn read(config: &Value, diagnostics: &mut Diagnostics) -> Option<Config> {
    let mut found = Diagnostics::default();
    let api_key = text(
        config,
        "api_key",
        API_KEY_VARIABLE,
        ApiKey::parse,
        &mut found,
    );
    let base_url = text(
        config,
        "base_url",
        BASE_URL_VARIABLE,
        BaseUrl::parse,
        &mut found,
    );
    let request_timeout = timeout(config, &mut found);
    let max_retries = whole_number(config, "max_retries", 0, &mut found);
    let per_minute = whole_number(config, "requests_per_minute", 1, &mut found);
    let failed = found.has_error();
    diagnostics.extend(found);
    if failed {
        return None;
    }
    let unknown = ["api_key", "base_url"].into_iter();
    Some(Config {
        api_key,
        // While `base_url` is unknown, the client sends nothing, so any address will do.
        base_url: base_url.or_else(|| BaseUrl::parse(DEFAULT_BASE_URL).ok())?,
        request_timeout: request_timeout.unwrap_or(DEFAULT_REQUEST_TIMEOUT),
        max_retries: max_retries.unwrap_or(DEFAULT_MAX_RETRIES),
        requests_per_minute: per_minute
            .and_then(NonZeroU32::new)
            .unwrap_or(DEFAULT_REQUESTS_PER_MINUTE),
        unknown: unknown
            .filter(|name| config.get(name).is_unknown())
            .collect(),
        user_agent: String::new(),
        vocabulary: connector::vocabulary(),
        redactor: Redactor::default(),
    })
}

/// Reads a setting from the configuration, or else from the environment. An empty string counts as
/// not set.
fn text<T, E: Display>(
    config: &Value,
    name: &'static str,
    variable: &'static str,
    parse: fn(&str) -> Result<T, E>,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let is_set = |text: &String| !text.trim().is_empty();
    let (text, source) = match config.get(name) {
        Value::Unknown => return None,
        Value::String(text) if is_set(text) => (text.clone(), format!("`{name}`")),
        _ => {
            let source = format!("the environment variable `{variable}`");
            let Ok(text) = env::var_os(variable)?.into_string() else {
                let detail = format!("The value of {source} is not valid UTF-8.");
                diagnostics.push(invalid(&[name].into(), detail));
                return None;
            };
            if !is_set(&text) {
                return None;
            }
            (text, source)
        }
    };
    match parse(&text) {
        Ok(setting) => Some(setting),
        Err(error) => {
            // The message never shows the API key, nor a user name in front of a host.
            let shown = match text.trim() {
                text if name == "base_url" && !text.contains('@') => format!(", `{text}`,"),
                _ => String::new(),
            };
            let detail = format!("The value of {source}{shown} is not valid: {error}.");
            diagnostics.push(invalid(&[name].into(), detail));
            None
        }
    }
}

fn timeout(config: &Value, diagnostics: &mut Diagnostics) -> Option<Duration> {
    let text = config.get("request_timeout").as_str()?;
    let timeout = parse_duration(text);
    if timeout.is_none() {
        let detail = format!(
            "`request_timeout` is `{text}`. It must be a duration greater than zero, such as \
             `30s` or `1m30s`."
        );
        diagnostics.push(invalid(&["request_timeout"].into(), detail));
    }
    timeout
}

/// Reads a whole number of at least `least`. A number that is too large to store becomes the
/// largest one that can be stored.
fn whole_number(
    config: &Value,
    name: &'static str,
    least: u32,
    diagnostics: &mut Diagnostics,
) -> Option<u32> {
    let number = config.get(name).as_number()?;
    if number.is_whole() && *number >= Number::from(i64::from(least)) {
        return Some(
            number
                .to_i64()
                .and_then(|n| n.try_into().ok())
                .unwrap_or(u32::MAX),
        );
    }
    let detail = format!("`{name}` is `{number:.40}`. It must be a whole number, {least} or more.");
    diagnostics.push(invalid(&[name].into(), detail));
    None
}

fn missing_key() -> Diagnostic {
    Diagnostic::error(
        "No API key",
        "The provider needs an API key of your Onomondo organization. Set the environment \
         variable `ONOMONDO_API_KEY`, or `api_key` in the provider block. An owner or admin of \
         the organization creates API keys in the Onomondo web app, under API keys.",
    )
    .at(["api_key"])
}

/// OpenTofu sends its own version in the same field, without its name.
fn user_agent(cli_version: &str) -> String {
    // The version becomes part of a header, so only plain text may remain.
    let printable = |c: &char| c.is_ascii_graphic();
    let cli_version: String = cli_version.chars().filter(printable).collect();
    let own_version = env!("CARGO_PKG_VERSION");
    format!("terraform-provider-onomondo/{own_version} Terraform/{cli_version}")
}
