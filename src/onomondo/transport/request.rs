//! One request before it is sent.

use http::Method;
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::retry::Repeat;
use crate::onomondo::{BaseUrl, Error, account::Changed};

/// A request to the API.
pub(in crate::onomondo) struct Request<'a> {
    pub(in crate::onomondo) method: Method,
    segments: Vec<&'a str>,
    query: Vec<(&'static str, String)>,
    pub(in crate::onomondo) body: Option<Value>,
    /// The parts of the body that must stay hidden.
    pub(in crate::onomondo) secrets: Vec<SecretString>,
    /// When it may be sent again without checking the result first.
    pub(in crate::onomondo) repeat: Repeat,
}

impl<'a> Request<'a> {
    pub(in crate::onomondo) fn get(segments: &[&'a str]) -> Self {
        Self::new(Method::GET, segments, Repeat::Always)
    }

    pub(in crate::onomondo) fn post(
        segments: &[&'a str],
        body: Value,
        secrets: Vec<SecretString>,
    ) -> Self {
        Self {
            body: Some(body),
            secrets,
            ..Self::new(Method::POST, segments, Repeat::Unprocessed)
        }
    }

    pub(in crate::onomondo) fn patch(
        segments: &[&'a str],
        body: Value,
        secrets: Vec<SecretString>,
    ) -> Self {
        Self {
            body: Some(body),
            secrets,
            ..Self::new(Method::PATCH, segments, Repeat::Always)
        }
    }

    pub(in crate::onomondo) fn delete(segments: &[&'a str]) -> Self {
        Self::new(Method::DELETE, segments, Repeat::Always)
    }

    /// Adds a query parameter, or replaces an earlier one with that name.
    pub(in crate::onomondo) fn query(mut self, name: &'static str, value: String) -> Self {
        match self.query.iter_mut().find(|(known, _)| *known == name) {
            Some(parameter) => parameter.1 = value,
            None => self.query.push((name, value)),
        }
        self
    }

    /// Adds a query parameter that may be repeated.
    pub(in crate::onomondo) fn another(mut self, name: &'static str, value: String) -> Self {
        self.query.push((name, value));
        self
    }

    /// Removes a query parameter.
    pub(in crate::onomondo) fn without(mut self, name: &str) -> Self {
        self.query.retain(|(known, _)| *known != name);
        self
    }

    /// Whether it asks for a change.
    pub(in crate::onomondo) fn changes(&self) -> bool {
        self.method != Method::GET
    }

    /// The kind of object that it changes, if any.
    pub(in crate::onomondo) fn changed(&self) -> Option<Changed> {
        self.changes().then(|| match self.segments.first() {
            Some(&"sims") => Changed::Sims,
            _ => Changed::Connectors,
        })
    }

    /// The name of the method, for an exchange.
    pub(in crate::onomondo) fn method_name(&self) -> &'static str {
        match self.method {
            Method::POST => "POST",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
            _ => "GET",
        }
    }

    /// The full URL.
    pub(in crate::onomondo) fn url(&self, base: &BaseUrl) -> Result<Url, Error> {
        let mut url = base
            .join(&self.segments)
            .ok_or_else(|| Error::UnusableName {
                name: self.segments.last().copied().unwrap_or_default().to_owned(),
            })?;
        for (name, value) in &self.query {
            url.query_pairs_mut().append_pair(name, value);
        }
        Ok(url)
    }

    fn new(method: Method, segments: &[&'a str], repeat: Repeat) -> Self {
        Self {
            method,
            segments: segments.to_vec(),
            query: Vec::new(),
            body: None,
            secrets: Vec::new(),
            repeat,
        }
    }
}
