//! Fetches all pages of a list, in whichever way the API offers.
//!
//! The answers decide how. If an answer has a `next_page`, the next request sends it back. If an
//! answer has a `total`, the next request has an `offset`. If an answer has neither but has the
//! maximum length, the next page is requested on a guess. If the API refuses or ignores that
//! request, there are no more pages.

use std::collections::HashMap;

use serde_json::Value;

use crate::onomondo::{
    BodyProblem, Client, Error, Operation,
    transport::{request::Request, success::Success},
    wire::page::{self, More, Page},
};

/// The maximum number of objects that Onomondo puts into one answer.
pub(in crate::onomondo) const LIST_LIMIT: usize = 1000;

/// The maximum number of answers to read. An API whose list never ends must not be asked forever.
const ANSWERS: usize = 1000;

/// The objects of a list, and how to read an entry.
pub(in crate::onomondo) struct Listed<T, R> {
    /// The envelope member that may hold the entries.
    pub(in crate::onomondo) member: &'static str,
    /// Reads one entry. The text identifies it in errors.
    pub(in crate::onomondo) read: R,
    /// The key that identifies an entry, if it has one.
    pub(in crate::onomondo) key: fn(&T) -> Option<&str>,
}

/// All entries, and facts about their number.
pub(in crate::onomondo) struct WholeList<T> {
    pub(in crate::onomondo) entries: Vec<T>,
    /// Whether an entry that is not listed does not exist.
    pub(in crate::onomondo) is_complete: bool,
    /// Whether the API stopped before its last page. More entries are missing than changes during
    /// the listing can explain.
    pub(in crate::onomondo) is_cut_off: bool,
    /// The last answer.
    pub(in crate::onomondo) answer: Success,
}

/// The step after an answer.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// This was the last page.
    End { is_complete: bool },
    /// There are more entries, but no way to request them.
    CutOff,
    /// Request the page that the answer names.
    Page(String),
    /// Request the entries after this many. It is a guess if no answer showed that this works.
    Offset { offset: usize, is_guess: bool },
}

/// The entries so far.
struct Pages<T> {
    entries: Vec<T>,
    /// The index of the last entry with each key.
    places: HashMap<String, usize>,
    /// The number of entries received, including repeated ones.
    received: usize,
    /// The total number, from the first answer that showed one.
    total: Option<u64>,
    /// Whether the total changed: an entry made or removed during the listing moves others between
    /// pages.
    has_changed: bool,
}

impl Client {
    /// All entries of a list. `request` asks for the first page.
    pub(in crate::onomondo) async fn whole_list<T: PartialEq>(
        &self,
        operation: &Operation,
        mut request: Request<'_>,
        listed: Listed<T, impl Fn(&Value, &str) -> Result<T, BodyProblem>>,
    ) -> Result<WholeList<T>, Error> {
        let mut pages = Pages::default();
        let mut answer = self.send(operation, &request).await?;
        for _ in 0..ANSWERS {
            let body = answer.json()?;
            let next = page::read(&body, listed.member)
                .and_then(|page| pages.add(&page, &listed))
                .map_err(|problem| answer.unexpected(problem))?;
            let is_guess = matches!(next, Next::Offset { is_guess: true, .. });
            request = match next {
                Next::End { is_complete } => return Ok(pages.end(is_complete, false, answer)),
                Next::CutOff => break,
                Next::Page(page) => request.without("offset").query("next_page", page),
                Next::Offset { offset, .. } => request
                    .query("limit", LIST_LIMIT.to_string())
                    .query("offset", offset.to_string()),
            };
            answer = match self.send(operation, &request).await {
                Err(Error::Invalid(_) | Error::NotFound(_)) if is_guess => break,
                sent => sent?,
            };
        }
        Ok(pages.end(false, true, answer))
    }
}

impl<T: PartialEq> Pages<T> {
    /// Adds the entries of an answer and returns the next step.
    fn add(
        &mut self,
        page: &Page<'_>,
        listed: &Listed<T, impl Fn(&Value, &str) -> Result<T, BodyProblem>>,
    ) -> Result<Next, BodyProblem> {
        let earlier = self.entries.len();
        let mut has_news = false;
        for value in page.entries {
            let entry = (listed.read)(value, &format!("[{}]", self.received))?;
            self.received += 1;
            let came_before = match (listed.key)(&entry) {
                Some(key) => {
                    let place = self.places.get(key);
                    has_news |= place.is_none();
                    place.is_some_and(|place| self.entries[*place] == entry)
                }
                None => self.entries[..earlier].contains(&entry),
            };
            if !came_before {
                self.entries.push(entry);
            }
        }
        for (place, entry) in self.entries.iter().enumerate().skip(earlier) {
            if let Some(key) = (listed.key)(entry) {
                self.places.insert(key.to_owned(), place);
            }
        }
        self.has_changed |=
            page.total.is_some() && self.total.is_some_and(|it| page.total != Some(it));
        self.total = self.total.or(page.total);
        Ok(self.next(page, has_news))
    }

    fn next(&self, page: &Page<'_>, has_news: bool) -> Next {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let has_all = !self.has_changed
            && self
                .total
                .is_none_or(|total| count(self.entries.len()) >= total);
        let on = |is_guess| Next::Offset {
            offset: self.received,
            is_guess,
        };
        match &page.more {
            More::No => Next::End {
                is_complete: has_all,
            },
            // The same entries came again: the API ignores the parameter.
            _ if !has_news && !page.entries.is_empty() => Next::CutOff,
            More::Yes(Some(next)) => Next::Page(next.clone()),
            More::Yes(None) if page.entries.is_empty() => Next::CutOff,
            More::Yes(None) => on(false),
            More::Unknown if page.entries.is_empty() => Next::End {
                is_complete: has_all,
            },
            More::Unknown => match page.total {
                Some(total) if count(self.received) < total => on(false),
                None if page.entries.len() >= LIST_LIMIT => on(true),
                _ => Next::End {
                    is_complete: has_all,
                },
            },
        }
    }

    fn end(self, is_complete: bool, is_cut_off: bool, answer: Success) -> WholeList<T> {
        WholeList {
            entries: self.entries,
            is_complete,
            is_cut_off,
            answer,
        }
    }
}

impl<T> Default for Pages<T> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            places: HashMap::new(),
            received: 0,
            total: None,
            has_changed: false,
        }
    }
}

#[cfg(test)]
mod tests;
