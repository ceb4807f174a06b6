//! The forms in which the API's lists come.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// "At most 1000 objects per response", for every endpoint.
pub(crate) const RESPONSE_LIMIT: usize = 1000;

/// How `GET /connectors` answers: by default as documented, a bare array of the first thousand.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ListForm {
    /// The member of an envelope that holds the entries, such as `connectors`, `result`, `data`.
    envelope: Option<String>,
    pages: Pages,
    /// Entries in one answer; a request can ask for fewer.
    page_size: usize,
    /// The first page is the answer to every question.
    ignores_question: bool,
}

/// How a list comes in pages.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Pages {
    /// It does not: what is over the size of one page is cut off, and nothing can be asked for.
    #[default]
    None,
    /// `total`, `offset` and `limit` beside the entries, as in `GET /tags/search/tags`.
    Offset,
    /// The same under `pagination`, as in `GET /sms/usage/`.
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

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Question {
    pub(crate) limit: Option<usize>,
    /// Where to go on: an `offset`, or what an earlier answer had as `next_page`.
    pub(crate) offset: usize,
}

impl ListForm {
    /// Whether one answer serves every question.
    pub(super) fn is_deaf(&self) -> bool {
        self.pages == Pages::None || self.ignores_question
    }

    /// The answer to a question.
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
