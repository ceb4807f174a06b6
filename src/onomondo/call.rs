//! One request, before it is sent.

use reqwest::Method;
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::{BaseUrl, Error, retry::Repeat};

/// What is asked of the API.
pub(super) struct Call<'a> {
    pub(super) method: Method,
    segments: Vec<&'a str>,
    query: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
    /// What of the body may not be shown.
    pub(super) secrets: Vec<SecretString>,
    /// When it may be sent again without asking what became of it.
    pub(super) repeat: Repeat,
}

impl<'a> Call<'a> {
    pub(super) fn get(segments: &[&'a str]) -> Self {
        Self::new(Method::GET, segments, Repeat::Always)
    }

    pub(super) fn post(segments: &[&'a str], body: Value, secrets: Vec<SecretString>) -> Self {
        Self {
            body: Some(body),
            secrets,
            ..Self::new(Method::POST, segments, Repeat::Unprocessed)
        }
    }

    pub(super) fn patch(segments: &[&'a str], body: Value, secrets: Vec<SecretString>) -> Self {
        Self {
            body: Some(body),
            secrets,
            ..Self::new(Method::PATCH, segments, Repeat::Always)
        }
    }

    pub(super) fn delete(segments: &[&'a str]) -> Self {
        Self::new(Method::DELETE, segments, Repeat::Always)
    }

    /// Adds a query parameter.
    pub(super) fn query(mut self, name: &'static str, value: String) -> Self {
        self.query.push((name, value));
        self
    }

    /// Whether it asks for a change.
    pub(super) fn changes(&self) -> bool {
        self.method != Method::GET
    }

    /// The method as an exchange shows it.
    pub(super) fn method_name(&self) -> &'static str {
        match self.method {
            Method::POST => "POST",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
            _ => "GET",
        }
    }

    /// The whole URL.
    pub(super) fn url(&self, base: &BaseUrl) -> Result<Url, Error> {
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
