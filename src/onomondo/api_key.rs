//! The key of an Onomondo organisation.

use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

/// An API key that can be sent, and that cannot print itself.
///
/// Onomondo takes the key bare in `Authorization`, without a scheme word. Its format is not
/// documented, so nothing but a legal header value is demanded.
#[derive(Clone)]
pub struct ApiKey {
    secret: SecretString,
    header: HeaderValue,
}

/// Why a string is no API key. The string itself is never part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApiKeyError {
    /// Nothing is left once white space is trimmed.
    #[error("the API key is empty")]
    Empty,
    /// Onomondo answers 401 to a key with a scheme word in front.
    #[error("the API key starts with `Bearer`; Onomondo expects only the key, so remove that word")]
    Bearer,
    /// A line break or another character that HTTP does not carry.
    #[error(
        "the API key contains a character that an HTTP header cannot contain, such as a line \
         break; copy the key again, on one line"
    )]
    NotAHeaderValue,
}

impl ApiKey {
    /// Takes a key as a user wrote it: white space around it is trimmed.
    pub fn parse(key: &str) -> Result<Self, ApiKeyError> {
        let key = key.trim();
        if key.is_empty() {
            return Err(ApiKeyError::Empty);
        }
        let first_word = key.split_ascii_whitespace().next().unwrap_or_default();
        if first_word.eq_ignore_ascii_case("bearer") {
            return Err(ApiKeyError::Bearer);
        }
        // Only visible ASCII: `HeaderValue` would let tabs and bytes above 127 pass, which servers
        // read in different ways.
        if !key.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return Err(ApiKeyError::NotAHeaderValue);
        }
        let mut header = HeaderValue::from_str(key).map_err(|_| ApiKeyError::NotAHeaderValue)?;
        header.set_sensitive(true);
        Ok(Self {
            secret: SecretString::from(key),
            header,
        })
    }

    /// The value of `Authorization`, marked sensitive so that no HTTP library prints it.
    pub(super) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// The key as a secret, for redaction.
    pub(super) fn secret(&self) -> &SecretString {
        &self.secret
    }
}

impl std::fmt::Debug for ApiKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ApiKey(…)")
    }
}

impl PartialEq for ApiKey {
    fn eq(&self, other: &Self) -> bool {
        self.secret.expose_secret() == other.secret.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_sent_bare_and_trimmed() {
        let key = ApiKey::parse(" onok_abc.def\n").unwrap();
        assert_eq!(key.header(), "onok_abc.def");
        assert!(key.header().is_sensitive());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for (given, expected) in [
            ("", ApiKeyError::Empty),
            (" \t\n", ApiKeyError::Empty),
            ("Bearer onok_abc.def", ApiKeyError::Bearer),
            ("bearer\tonok_abc.def", ApiKeyError::Bearer),
            ("Bearer", ApiKeyError::Bearer),
            ("onok_abc\n.def", ApiKeyError::NotAHeaderValue),
            ("onok_äbc", ApiKeyError::NotAHeaderValue),
            ("onok_\0abc", ApiKeyError::NotAHeaderValue),
        ] {
            assert_eq!(ApiKey::parse(given).unwrap_err(), expected, "{given:?}");
        }
    }

    #[test]
    fn a_key_that_merely_begins_with_the_letters_is_accepted() {
        assert!(ApiKey::parse("bearertoken").is_ok());
    }

    #[test]
    fn a_key_does_not_print_itself() {
        let key = ApiKey::parse("onok_abc.def").unwrap();
        assert!(!format!("{key:?}").contains("abc"));
        assert!(!format!("{:?}", key.header()).contains("abc"));
    }
}
