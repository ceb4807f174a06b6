//! `GET /sims`, `GET /sims/{sim_id}` and `PATCH /sims/{sim_id}`.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::query;
use crate::account::{Listed, RESPONSE_LIMIT, Sim, text};
use crate::error::ApiError;
use crate::schema;
use crate::shared::Shared;

/// The query of `GET /sims`.
#[derive(Debug)]
struct Search {
    filters: Vec<Filter>,
    limit: usize,
    /// The position to continue from: the `next_page` of an earlier answer.
    offset: usize,
}

/// `filter=KEY:VALUE`
#[derive(Debug)]
enum Filter {
    Connector(String),
    NetworkWhitelist(String),
    Activated(bool),
    Online(bool),
}

impl Search {
    fn parse(query: Option<&str>) -> Result<Self, ApiError> {
        let mut search = Self {
            filters: Vec::new(),
            limit: RESPONSE_LIMIT,
            offset: 0,
        };
        for (name, value) in query::parameters(query) {
            match name.as_str() {
                "filter" | "filter[]" => search.filters.push(Filter::parse(&value)?),
                "limit" => search.limit = query::limit(&value)?,
                "next_page" => search.offset = query::next_page(&value)?,
                "offset" => search.offset = query::offset(&value)?,
                other => return Err(ApiError::invalid(other, "is not a known parameter")),
            }
        }
        Ok(search)
    }

    fn matches(&self, sim: &Sim) -> bool {
        self.filters.iter().all(|filter| filter.matches(sim))
    }
}

impl Filter {
    fn parse(text: &str) -> Result<Self, ApiError> {
        let problem =
            "must be `connector:`, `network_whitelist:`, `activated:`, or `online:`, and a value";
        let invalid = || ApiError::invalid("filter", problem);
        let (key, value) = text.split_once(':').ok_or_else(invalid)?;
        let flag = || value.parse().map_err(|_| invalid());
        match key {
            "connector" => Ok(Self::Connector(value.to_owned())),
            "network_whitelist" => Ok(Self::NetworkWhitelist(value.to_owned())),
            "activated" => Ok(Self::Activated(flag()?)),
            "online" => Ok(Self::Online(flag()?)),
            _ => Err(invalid()),
        }
    }

    fn matches(&self, sim: &Sim) -> bool {
        match self {
            Self::Connector(name) => sim.is_mapped_to(name),
            Self::NetworkWhitelist(name) => sim.network_whitelist.as_ref() == Some(name),
            Self::Activated(activated) => sim.activated == *activated,
            Self::Online(online) => sim.online == *online,
        }
    }
}

/// `GET /sims`, in one of two body forms: the form that existing clients read, or the form in
/// Onomondo's reference.
pub(super) async fn list(
    State(account): State<Shared<Listed>>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let search = Search::parse(query.as_deref())?;
    let (limit, offset) = (search.limit, search.offset);
    let account = account.lock();
    let found: Vec<&Sim> = account
        .visible_sims()
        .filter(|sim| search.matches(sim))
        .collect();
    let total = found.len();
    let page = found.into_iter().skip(offset).take(limit);
    let page: Vec<Value> = page.map(|sim| sim.answer(&account.tags)).collect();
    let end = offset + page.len();
    let has_more = end < total;
    Ok(json_answer(&if account.quirks.documented_sim_list {
        json!({
            "count": page.len(),
            "limit": limit,
            "offset": offset,
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

/// `GET /sims/{sim_id}`
pub(super) async fn read(
    State(account): State<Shared<Listed>>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    schema::sim_id(&id)?;
    let answer = account.lock().sim(&id)?;
    Ok(json_answer(&answer))
}

/// `PATCH /sims/{sim_id}`: among other things, maps a SIM to a connector or to none.
pub(super) async fn update(
    State(account): State<Shared<Listed>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    schema::sim_id(&id)?;
    let body = schema::object(&headers, &body)?;
    let mut account = account.lock();
    let answer = account.change_sim(&id, &body)?;
    if account.quirks.empty_write_body {
        return Ok(StatusCode::OK.into_response());
    }
    Ok(json_answer(&answer))
}

fn json_answer(body: &Value) -> Response {
    ([(CONTENT_TYPE, "application/json")], text(body)).into_response()
}
