//! `GET /sims` and `PATCH /sims/{sim_id}`, as far as connectors need them.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::account::{Listed, Sim};
use crate::error::ApiError;
use crate::schema;
use crate::shared::Shared;

/// Both the default and the maximum of `GET /sims`.
const MAXIMUM_LIMIT: usize = 1000;

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
pub(super) async fn list(
    State(account): State<Shared<Listed>>,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, ApiError> {
    let search = Search::parse(query.as_deref().unwrap_or_default())?;
    let account = account.lock();
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
pub(super) async fn update(
    State(account): State<Shared<Listed>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    check_id(&id)?;
    let body = schema::object(&headers, &body)?;
    schema::only(&body, &["connector"])?;
    account.lock().map_sim(&id, &body).map(Json)
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
