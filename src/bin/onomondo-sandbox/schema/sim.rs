//! The body of `PATCH /sims/{sim_id}`, and the ID in its path.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::body::only;
use super::connector::tags;
use crate::error::ApiError;

/// The new value of a text, or `None` to clear it.
#[derive(Debug)]
pub(crate) struct Nullable(pub(crate) Option<String>);

/// A PATCH with a valid body. Omitted members keep their values; null clears them.
#[derive(Debug)]
pub(crate) struct SimChange {
    pub(crate) connector: Option<Nullable>,
    pub(crate) label: Option<Nullable>,
    pub(crate) network_whitelist: Option<Nullable>,
    pub(crate) imei_lock: Option<Nullable>,
    pub(crate) activated: Option<bool>,
    pub(crate) tags: Option<Vec<Uuid>>,
}

impl SimChange {
    pub(crate) fn parse(body: &Map<String, Value>) -> Result<Self, ApiError> {
        only(
            body,
            &[
                "connector",
                "label",
                "network_whitelist",
                "imei_lock",
                "activated",
                "tags",
            ],
        )?;
        Ok(Self {
            connector: text(body, "connector")?,
            label: text(body, "label")?,
            network_whitelist: text(body, "network_whitelist")?,
            imei_lock: text(body, "imei_lock")?,
            activated: match body.get("activated") {
                None => None,
                Some(Value::Bool(activated)) => Some(*activated),
                Some(_) => return Err(ApiError::invalid("activated", "must be `true` or `false`")),
            },
            tags: body.get("tags").map(tags).transpose()?,
        })
    }
}

fn text(body: &Map<String, Value>, member: &str) -> Result<Option<Nullable>, ApiError> {
    match body.get(member) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(Nullable(None))),
        Some(Value::String(text)) => Ok(Some(Nullable(Some(text.clone())))),
        Some(_) => Err(ApiError::invalid(member, "must be a string or null")),
    }
}

/// `^[0-9]{9}$|^894573[0-9]{13,14}$`
pub(crate) fn sim_id(id: &str) -> Result<(), ApiError> {
    let digits = id.bytes().all(|byte| byte.is_ascii_digit());
    let legal = match id.len() {
        9 => digits,
        19 | 20 => digits && id.starts_with("894573"),
        _ => false,
    };
    if legal {
        Ok(())
    } else {
        Err(ApiError::invalid("id", "must be a SIM's ID or ICCID"))
    }
}
