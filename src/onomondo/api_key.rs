//! The API key of an Onomondo organization.

use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};

/// A valid API key, which never prints itself.
///
/// Onomondo expects the bare key in `Authorization`, without a scheme word. Its format is not
/// documented, so this requires only a valid header value.
#[derive(Clone)]
pub struct ApiKey {
    secret: SecretString,
    header: HeaderValue,
}

/// The reason why a string is not an API key. It never contains the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApiKeyError {
    /// Nothing remains after trimming white space.
    #[error("the API key is empty")]
    Empty,
    /// A scheme word comes before the key. Onomondo answers such a key with 401.
    #[error("the API key starts with `Bearer`; Onomondo expects only the key, so remove that word")]
    Bearer,
    /// The key contains a line break or another character that is not allowed in a header.
    #[error(
        "the API key contains a character that an HTTP header cannot contain, such as a line \
         break; copy the key again, on one line"
    )]
    NotAHeaderValue,
}

impl ApiKey {
    /// Parses a user's text. Trims white space around it.
    pub fn parse(key: &str) -> Result<Self, ApiKeyError> {
        let key = key.trim();
        if key.is_empty() {
            return Err(ApiKeyError::Empty);
        }
        let first_word = key.split_ascii_whitespace().next().unwrap_or_default();
        if first_word.eq_ignore_ascii_case("bearer") {
            return Err(ApiKeyError::Bearer);
        }
        // Allows only visible ASCII and spaces. `HeaderValue` would accept tabs and bytes above
        // 127, which servers read in different ways.
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
    fn an_invalid_key_is_refused() {
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
