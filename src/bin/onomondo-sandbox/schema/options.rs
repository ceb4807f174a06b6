//! The `options` of each connector type, from Onomondo's schema.

use serde_json::{Map, Value};
use url::Url;

use crate::error::ApiError;

/// One member of `options`.
struct Member {
    name: &'static str,
    shape: Shape,
    required: Required,
}

/// The shape of a member.
#[derive(PartialEq, Eq)]
enum Shape {
    Text,
    /// Text that the API accepts and never returns.
    Secret,
    HttpsUrl,
    Port,
    Flag,
    OneOf(&'static [&'static str]),
}

/// Whether a POST needs the member.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Required {
    Yes,
    No,
    /// The reference says that the secrets of a `tls` connector are required. The help center says
    /// that they are optional.
    IfTlsSecretsAre,
}

/// How complete `options` must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completeness {
    /// POST, or PATCH with a new type: every required member.
    Full {
        /// Whether a `tls` connector requires `key`, `ca` and `cert`.
        tls_secrets: bool,
    },
    /// PATCH of the stored type: no member is required.
    Partial,
}

const fn member(name: &'static str, shape: Shape, required: Required) -> Member {
    Member {
        name,
        shape,
        required,
    }
}

/// The four documented types.
pub(crate) const TYPES: [&str; 4] = ["https", "tls", "microsoft_azure_iot", "aws_iot_core"];

const HTTPS: &[Member] = &[
    member("host", Shape::HttpsUrl, Required::Yes),
    member("shouldReturnBody", Shape::Flag, Required::No),
];

const TLS: &[Member] = &[
    member("host", Shape::Text, Required::Yes),
    member("port", Shape::Port, Required::Yes),
    member("server_name", Shape::Text, Required::Yes),
    member("key", Shape::Secret, Required::IfTlsSecretsAre),
    member("ca", Shape::Secret, Required::IfTlsSecretsAre),
    member("cert", Shape::Secret, Required::IfTlsSecretsAre),
];

const AWS_IOT_CORE: &[Member] = &[
    member("region", Shape::Text, Required::Yes),
    member("role", Shape::Text, Required::Yes),
    member("publishTopic", Shape::Text, Required::Yes),
    member("subscribeTopic", Shape::Text, Required::Yes),
    member(
        "defaultProtocol",
        Shape::OneOf(&["tcp", "udp"]),
        Required::Yes,
    ),
    member("defaultPort", Shape::Port, Required::Yes),
];

const MICROSOFT_AZURE_IOT: &[Member] = &[member("connectionString", Shape::Secret, Required::Yes)];

/// The members of a documented type. `None` for other types, whose options are not known.
fn members(connector_type: &str) -> Option<&'static [Member]> {
    match connector_type {
        "https" => Some(HTTPS),
        "tls" => Some(TLS),
        "aws_iot_core" => Some(AWS_IOT_CORE),
        "microsoft_azure_iot" => Some(MICROSOFT_AZURE_IOT),
        _ => None,
    }
}

/// The secrets of a type. Each has an entry in `meta`, whether set or not.
pub(crate) fn secrets(connector_type: &str) -> impl Iterator<Item = &'static str> {
    members(connector_type)
        .unwrap_or_default()
        .iter()
        .filter(|member| member.shape == Shape::Secret)
        .map(|member| member.name)
}

/// Whether an option of this name is a secret of any type.
pub(crate) fn is_secret(option: &str) -> bool {
    TYPES
        .iter()
        .any(|connector_type| secrets(connector_type).any(|secret| secret == option))
}

/// Checks `options` against the type. Accepts any options of a type that is not documented.
pub(crate) fn check(
    connector_type: &str,
    options: &Map<String, Value>,
    completeness: Completeness,
) -> Result<(), ApiError> {
    let Some(members) = members(connector_type) else {
        return Ok(());
    };
    for (name, value) in options {
        let path = format!("options.{name}");
        let member = members
            .iter()
            .find(|member| member.name == name)
            .ok_or_else(|| {
                ApiError::invalid(&path, format!("is not an option of `{connector_type}`"))
            })?;
        member.shape.check(&path, value)?;
    }
    for member in members {
        if member.is_required(completeness) && !options.contains_key(member.name) {
            return Err(ApiError::invalid(
                format!("options.{}", member.name),
                format!("is required for `{connector_type}`"),
            ));
        }
    }
    Ok(())
}

/// Adds the only default in the schema.
pub(crate) fn add_defaults(connector_type: &str, options: &mut Map<String, Value>) {
    if connector_type == "https" {
        options
            .entry("shouldReturnBody")
            .or_insert(Value::Bool(false));
    }
}

impl Member {
    fn is_required(&self, completeness: Completeness) -> bool {
        match (completeness, self.required) {
            (Completeness::Full { .. }, Required::Yes) => true,
            (Completeness::Full { tls_secrets }, Required::IfTlsSecretsAre) => tls_secrets,
            _ => false,
        }
    }
}

impl Shape {
    fn check(&self, path: &str, value: &Value) -> Result<(), ApiError> {
        let (holds, problem) = match self {
            Self::Text | Self::Secret => (value.is_string(), "must be a string".to_owned()),
            Self::HttpsUrl => (is_https_url(value), "must be an `https` URL".to_owned()),
            Self::Port => (
                is_whole(value, 1, 65535),
                "must be a whole number from 1 to 65535".to_owned(),
            ),
            Self::Flag => (value.is_boolean(), "must be `true` or `false`".to_owned()),
            Self::OneOf(allowed) => (
                is_one_of(value, allowed),
                format!("must be one of `{}`", allowed.join("`, `")),
            ),
        };
        if holds {
            Ok(())
        } else {
            Err(ApiError::invalid(path, problem))
        }
    }
}

/// Whether it is a JSON integer within the range. `80.0` and `"80"` are not.
pub(crate) fn is_whole(value: &Value, least: u64, most: u64) -> bool {
    value
        .as_u64()
        .is_some_and(|number| (least..=most).contains(&number))
}

/// Whether it is a string of an enumeration.
pub(crate) fn is_one_of(value: &Value, allowed: &[&str]) -> bool {
    value.as_str().is_some_and(|text| allowed.contains(&text))
}

fn is_https_url(value: &Value) -> bool {
    value
        .as_str()
        .and_then(|text| Url::parse(text).ok())
        .is_some_and(|url| url.scheme() == "https" && url.has_host())
}
