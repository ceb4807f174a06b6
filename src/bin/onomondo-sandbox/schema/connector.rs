//! Parses the bodies of POST and PATCH.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::body::only;
use super::options::{self, Completeness, TYPES};
use super::passthrough::passthrough;
use crate::error::ApiError;

/// A POST with a valid body.
#[derive(Debug)]
pub(crate) struct Creation {
    /// If omitted, the account chooses one.
    pub(crate) name: Option<String>,
    pub(crate) connector_type: String,
    pub(crate) tags: Vec<Uuid>,
    pub(crate) passthrough: Vec<Value>,
    /// Complete for the type, including secrets.
    pub(crate) options: Map<String, Value>,
}

/// A PATCH with a valid body. Omitted members keep their values.
#[derive(Debug)]
pub(crate) struct Change {
    pub(crate) name: Option<String>,
    /// Set only if it differs from the stored type. `options` are then complete.
    pub(crate) new_type: Option<String>,
    pub(crate) tags: Option<Vec<Uuid>>,
    pub(crate) passthrough: Option<Vec<Value>>,
    pub(crate) options: Option<Map<String, Value>>,
}

impl Creation {
    /// Parses the body of `POST /connectors`.
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
    /// Parses the body of `PATCH /connectors/{connector_name}` for a connector of `stored_type`.
    ///
    /// The schema does not list `name`, but the text above it does, so it is accepted.
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

/// Reads a member that may be null, which means the same as omitting it.
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

pub(super) fn tags(value: &Value) -> Result<Vec<Uuid>, ApiError> {
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
