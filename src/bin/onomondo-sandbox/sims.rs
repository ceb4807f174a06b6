//! SIMs, as far as connectors need them: which SIM is mapped to which connector.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use crate::account::Account;
use crate::error::ApiError;
use crate::sandbox::{Sandbox, locked};
use crate::validate;

/// Both the default and the maximum of `GET /sims`.
const MAXIMUM_LIMIT: usize = 1000;

/// One SIM.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sim {
    /// Nine digits.
    pub(crate) id: String,
    /// Onomondo's begin with 894573.
    pub(crate) iccid: String,
    /// Name of the connector; `None` while it is mapped to none.
    #[serde(default)]
    pub(crate) connector: Option<String>,
}

impl Sim {
    /// The SIM of a serial number, mapped to this connector.
    fn numbered(number: usize, connector: Option<String>) -> Self {
        Self {
            id: format!("{number:09}"),
            iccid: format!("8945730000{number:09}"),
            connector,
        }
    }

    pub(crate) fn is_mapped_to(&self, connector: &str) -> bool {
        self.connector.as_deref() == Some(connector)
    }

    /// The members that Onomondo's reference shows.
    fn answer(&self) -> Value {
        json!({
            "id": self.id,
            "iccid": self.iccid,
            "label": null,
            "network_whitelist": null,
            "imei_lock": null,
            "connector": self.connector,
            "activated": true,
            "ipv4": null,
            "online": false,
            "online_at": null,
            "last_came_online_at": null,
            "network": { "name": null, "country": null, "country_code": null, "mcc": null, "mnc": null },
            "usage": 0,
            "tags": [],
        })
    }
}

/// What `GET /sims` was asked.
#[derive(Debug)]
struct Search {
    /// Names out of `filter=connector:NAME`; every SIM where there is none.
    connectors: Vec<String>,
    limit: usize,
    /// The place to go on, out of an earlier answer's `next_page`.
    offset: usize,
}

impl Search {
    fn parse(query: &str) -> Result<Self, ApiError> {
        let mut search = Self {
            connectors: Vec::new(),
            limit: MAXIMUM_LIMIT,
            offset: 0,
        };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "filter" | "filter[]" => {
                    let connector = value.strip_prefix("connector:").ok_or_else(|| {
                        ApiError::invalid("filter", "must be `connector:` and a name")
                    })?;
                    search.connectors.push(connector.to_owned());
                }
                "limit" => {
                    search.limit = value
                        .parse()
                        .ok()
                        .filter(|limit| (1..=MAXIMUM_LIMIT).contains(limit))
                        .ok_or_else(|| {
                            ApiError::invalid("limit", "must be a whole number from 1 to 1000")
                        })?;
                }
                "next_page" => {
                    search.offset = value.parse().map_err(|_| {
                        ApiError::invalid("next_page", "must come from an earlier answer")
                    })?;
                }
                other => return Err(ApiError::invalid(other, "is not known here")),
            }
        }
        Ok(search)
    }

    fn matches(&self, sim: &Sim) -> bool {
        self.connectors.is_empty() || self.connectors.iter().any(|name| sim.is_mapped_to(name))
    }
}

/// `GET /sims`, in one of its two body forms: what live clients read, or what the reference shows.
pub(crate) async fn list(
    State(sandbox): State<Arc<Sandbox>>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, ApiError> {
    let search = Search::parse(query.as_deref().unwrap_or_default())?;
    let account = locked(&sandbox.account);
    let found: Vec<&Sim> = account
        .sims
        .iter()
        .filter(|sim| search.matches(sim))
        .collect();
    let total = found.len();
    let page: Vec<Value> = found
        .into_iter()
        .skip(search.offset)
        .take(search.limit)
        .map(Sim::answer)
        .collect();
    let end = search.offset + page.len();
    let has_more = end < total;
    Ok(Json(if account.quirks.documented_sim_list {
        json!({
            "count": page.len(),
            "limit": search.limit,
            "offset": search.offset,
            "total": total,
            "sims": page,
        })
    } else {
        json!({
            "sims": page,
            "pagination": {
                "has_more": has_more,
                "next_page": has_more.then(|| end.to_string()),
            },
            "total": total,
        })
    }))
}

/// `PATCH /sims/{sim_id}`: maps a SIM to a connector, or to none.
pub(crate) async fn update(
    State(sandbox): State<Arc<Sandbox>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    check_id(&id)?;
    let body = validate::object(&headers, &body)?;
    validate::only(&body, &["connector"])?;
    locked(&sandbox.account).map_sim(&id, &body).map(Json)
}

/// `^[0-9]{9}$|^894573[0-9]{13,14}$`
fn check_id(id: &str) -> Result<(), ApiError> {
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

impl Account {
    /// Adds SIMs with the next serial numbers; each is told to which connector it is mapped.
    pub(crate) fn add_sims(&mut self, count: usize, connector: impl Fn(usize) -> Option<String>) {
        let serial_numbers = self.sims.iter().filter_map(|sim| sim.id.parse().ok());
        let next = serial_numbers.max().unwrap_or(0) + 1;
        let new = (0..count).map(|index| Sim::numbered(next + index, connector(index)));
        self.sims.extend(new);
    }

    fn map_sim(&mut self, id: &str, body: &Map<String, Value>) -> Result<Value, ApiError> {
        let connector = match body.get("connector") {
            None => None,
            Some(Value::Null) => Some(None),
            Some(Value::String(name)) if self.index(name).is_some() => Some(Some(name.clone())),
            Some(_) => {
                return Err(ApiError::invalid(
                    "connector",
                    "must be the name of a connector or null",
                ));
            }
        };
        let sim = self
            .sims
            .iter_mut()
            .find(|sim| sim.id == id || sim.iccid == id)
            .ok_or_else(|| ApiError::SimNotFound(id.to_owned()))?;
        if let Some(connector) = connector {
            sim.connector = connector;
        }
        Ok(sim.answer())
    }
}
