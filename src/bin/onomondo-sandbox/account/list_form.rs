//! The forms of the API's lists.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The API documents "At most 1000 objects per response" for every endpoint.
pub(crate) const RESPONSE_LIMIT: usize = 1000;

/// The form of `GET /connectors`. The default is the documented form: a bare array of up to a
/// thousand entries.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ListForm {
    /// The member that holds the entries, such as `connectors`, `result`, `data`.
    envelope: Option<String>,
    pages: Pages,
    /// The maximum number of entries in one answer. A request can ask for fewer.
    page_size: usize,
    /// Always answers with the first page, whatever the request asks for.
    ignores_question: bool,
}

/// How a list is split into pages.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Pages {
    /// The list is not split. Entries beyond one page are cut off, and a request cannot ask for
    /// them.
    #[default]
    None,
    /// `total`, `offset` and `limit` beside the entries, as in `GET /tags/search/tags`.
    Offset,
    /// The same members under `pagination`, as in `GET /sms/usage/`.
    PaginationOffset,
    /// `pagination.has_more` and `next_page`, as in `GET /sims`.
    NextPage,
}

impl Default for ListForm {
    fn default() -> Self {
        Self {
            envelope: None,
            pages: Pages::None,
            page_size: RESPONSE_LIMIT,
            ignores_question: false,
        }
    }
}

/// The part of a list that a request asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Question {
    pub(crate) limit: Option<usize>,
    /// The start: an `offset`, or the `next_page` of an earlier answer.
    pub(crate) offset: usize,
}

impl ListForm {
    /// Whether every request gets the same answer.
    pub(super) fn is_deaf(&self) -> bool {
        self.pages == Pages::None || self.ignores_question
    }

    /// The answer to a request.
    pub(super) fn answer(&self, all: &[Value], question: Question) -> Value {
        let Question { limit, offset } = if self.is_deaf() {
            Question::default()
        } else {
            question
        };
        let limit = limit.map_or(self.page_size, |limit| limit.min(self.page_size));
        let page: Vec<&Value> = all.iter().skip(offset).take(limit).collect();
        let Some(envelope) = &self.envelope else {
            return json!(page);
        };
        let end = offset + page.len();
        let has_more = end < all.len();
        let totals = json!({
            "count": page.len(), "limit": limit, "offset": offset, "total": all.len(),
        });
        let mut answer = match self.pages {
            Pages::None => json!({}),
            Pages::Offset => totals,
            Pages::PaginationOffset => json!({ "pagination": totals }),
            Pages::NextPage => json!({ "pagination": {
                "has_more": has_more, "next_page": has_more.then(|| end.to_string()),
            }}),
        };
        answer[envelope] = json!(page);
        answer
    }
}
