//! Request bodies into what the account may be asked: strict to Onomondo's schema.
//!
//! Types, patterns, ranges, enumerations, required members; unknown members are refused, so that a
//! client that sends one finds out here and not in production.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::error::ApiError;
use crate::options::{self, Completeness, TYPES, is_one_of, is_whole};

/// A POST that may be carried out, as far as its body goes.
#[derive(Debug)]
pub(crate) struct Creation {
    /// Left out, the account picks one.
    pub(crate) name: Option<String>,
    pub(crate) connector_type: String,
    pub(crate) tags: Vec<Uuid>,
    pub(crate) passthrough: Vec<Value>,
    /// Complete for the type, secrets included.
    pub(crate) options: Map<String, Value>,
}

/// A PATCH that may be carried out, as far as its body goes. What is left out stays.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) name: Option<String>,
    /// Set only where it differs from the stored one; `options` are complete then.
    pub(crate) new_type: Option<String>,
    pub(crate) tags: Option<Vec<Uuid>>,
    pub(crate) passthrough: Option<Vec<Value>>,
    pub(crate) options: Option<Map<String, Value>>,
}

/// Reads a body that must be a JSON object and say so.
pub(crate) fn object(headers: &HeaderMap, body: &Bytes) -> Result<Map<String, Value>, ApiError> {
    let is_json = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(';').next() == Some("application/json"));
    if !is_json {
        return Err(ApiError::ContentType);
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(ApiError::Body("the body must be a JSON object".to_owned())),
        Err(_) => Err(ApiError::Body("the body is not JSON".to_owned())),
    }
}

/// Refuses members that the operation does not know.
pub(crate) fn only(members: &Map<String, Value>, known: &[&str]) -> Result<(), ApiError> {
    match members.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(ApiError::Body(format!("`{unknown}` is not known here"))),
        None => Ok(()),
    }
}

impl Creation {
    /// The body of `POST /connectors`.
    pub(crate) fn parse(body: &Map<String, Value>, tls_secrets: bool) -> Result<Self, ApiError> {
        only(body, &["name", "type", "tags", "passthrough", "options"])?;
        let connector_type =
            connector_type(body)?.ok_or_else(|| ApiError::invalid("type", "is required"))?;
        let options = options(body)?.ok_or_else(|| ApiError::invalid("options", "is required"))?;
        options::check(
            &connector_type,
            &options,
            Completeness::Full { tls_secrets },
        )?;
        Ok(Self {
            name: name(body)?,
            connector_type,
            tags: nullable(body, "tags", tags)?.unwrap_or_default(),
            passthrough: nullable(body, "passthrough", passthrough)?.unwrap_or_default(),
            options,
        })
    }
}

impl Change {
    /// The body of `PATCH /connectors/{connector_name}` for a connector of `stored_type`.
    ///
    /// The schema does not list `name`, but the prose above it does: it is taken.
    pub(crate) fn parse(
        body: &Map<String, Value>,
        stored_type: &str,
        tls_secrets: bool,
    ) -> Result<Self, ApiError> {
        only(body, &["name", "type", "tags", "passthrough", "options"])?;
        let new_type = connector_type(body)?.filter(|given| given != stored_type);
        let options = options(body)?;
        match (&new_type, &options) {
            (Some(new_type), Some(options)) => {
                options::check(new_type, options, Completeness::Full { tls_secrets })?;
            }
            (Some(_), None) => {
                return Err(ApiError::invalid(
                    "options",
                    "is required with another `type`",
                ));
            }
            (None, Some(options)) => {
                options::check(stored_type, options, Completeness::Partial)?;
            }
            (None, None) => {}
        }
        Ok(Self {
            name: name(body)?,
            new_type,
            tags: body.get("tags").map(tags).transpose()?,
            passthrough: match body.get("passthrough") {
                Some(Value::Null) => Some(Vec::new()),
                other => other.map(passthrough).transpose()?,
            },
            options,
        })
    }
}

/// `^[-_a-zA-Z0-9]{3,255}$`
fn name(body: &Map<String, Value>) -> Result<Option<String>, ApiError> {
    let Some(value) = body.get("name") else {
        return Ok(None);
    };
    let legal = |text: &&str| {
        (3..=255).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    match value.as_str().filter(legal) {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(ApiError::invalid(
            "name",
            "must be a string that matches `^[-_a-zA-Z0-9]{3,255}$`",
        )),
    }
}

fn connector_type(body: &Map<String, Value>) -> Result<Option<String>, ApiError> {
    let Some(value) = body.get("type") else {
        return Ok(None);
    };
    match value.as_str().filter(|text| TYPES.contains(text)) {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(ApiError::invalid(
            "type",
            format!("must be one of `{}`", TYPES.join("`, `")),
        )),
    }
}

fn options(body: &Map<String, Value>) -> Result<Option<Map<String, Value>>, ApiError> {
    match body.get("options") {
        None => Ok(None),
        Some(Value::Object(members)) => Ok(Some(members.clone())),
        Some(_) => Err(ApiError::invalid("options", "must be an object")),
    }
}

/// Reads a member for which null means the same as leaving it out.
fn nullable<T>(
    body: &Map<String, Value>,
    member: &str,
    read: fn(&Value) -> Result<T, ApiError>,
) -> Result<Option<T>, ApiError> {
    body.get(member)
        .filter(|value| !value.is_null())
        .map(read)
        .transpose()
}

fn tags(value: &Value) -> Result<Vec<Uuid>, ApiError> {
    let items = value
        .as_array()
        .ok_or_else(|| ApiError::invalid("tags", "must be an array of tag UUIDs"))?;
    items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            item.as_str()
                .filter(|text| text.len() == uuid::fmt::Hyphenated::LENGTH)
                .and_then(|text| Uuid::try_parse(text).ok())
                .ok_or_else(|| {
                    ApiError::invalid(format!("tags[{index}]"), "must be the UUID of a tag")
                })
        })
        .collect()
}

fn passthrough(value: &Value) -> Result<Vec<Value>, ApiError> {
    let items = value
        .as_array()
        .ok_or_else(|| ApiError::invalid("passthrough", "must be an array"))?;
    for (index, item) in items.iter().enumerate() {
        rule(&format!("passthrough[{index}]"), item)?;
    }
    Ok(items.clone())
}

/// One passthrough rule; `icmp` has no port.
fn rule(path: &str, value: &Value) -> Result<(), ApiError> {
    let rule = value
        .as_object()
        .ok_or_else(|| ApiError::invalid(path, "must be an object"))?;
    let protocol = rule.get("protocol").unwrap_or(&Value::Null);
    if !is_one_of(protocol, &["icmp", "tcp", "udp"]) {
        return Err(ApiError::invalid(
            format!("{path}.protocol"),
            "must be one of `icmp`, `tcp`, `udp`",
        ));
    }
    for (name, value) in rule {
        let problem = match name.as_str() {
            "protocol" => None,
            "ip" => (!value.is_string() && !value.is_null()).then_some("must be a string or null"),
            "port" if protocol == "icmp" => Some("does not go with `icmp`"),
            "port" => (!is_whole(value, 0, 65535) && !value.is_null())
                .then_some("must be a whole number from 0 to 65535 or null"),
            _ => Some("is not known here"),
        };
        if let Some(problem) = problem {
            return Err(ApiError::invalid(format!("{path}.{name}"), problem));
        }
    }
    Ok(())
}
