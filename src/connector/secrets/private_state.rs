//! Private state: what the provider remembers of the secrets it sent, and never their values.
//!
//! Terraform stores these bytes beside the state and shows them to nobody. They are JSON, so that
//! every later version can read what an earlier one wrote.

use std::collections::BTreeMap;

use aws_lc_rs::{hmac, rand};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};

use super::own_writes::OwnWrites;
use crate::{connector::variants::Secret, onomondo::SecretMeta};

/// What is remembered of one connector.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PrivateState {
    /// Random, one a connector: equal secrets of two connectors do not look equal.
    #[serde(skip_serializing_if = "String::is_empty")]
    salt: String,
    /// By attribute.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    secrets: BTreeMap<String, Record>,
    /// When this provider wrote to the connector. An earlier version did not note it: what it
    /// remembers as the last change of a secret was accepted as it was.
    #[serde(skip_serializing_if = "OwnWrites::is_empty")]
    pub(crate) writes: OwnWrites,
}

/// What is remembered of one secret.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Record {
    /// HMAC-SHA-256 of the write-only value that was sent last, under the salt.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    /// The version it was sent as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<i64>,
    /// The last change of it that is known to be our own, or was there before: a time as Onomondo
    /// tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_updated_at: Option<String>,
}

impl PrivateState {
    /// Reads the bytes. What cannot be read is as good as nothing: secrets are then sent once more.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// The bytes; none where nothing is remembered.
    pub(crate) fn write(&self) -> Vec<u8> {
        if *self == Self::default() {
            return Vec::new();
        }
        // Maps of strings have a JSON form, always.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// What is remembered of a secret.
    pub(crate) fn of(&self, secret: &Secret) -> Option<&Record> {
        self.secrets.get(secret.name())
    }

    /// The same, to be changed.
    pub(crate) fn of_mut(&mut self, secret: &Secret) -> &mut Record {
        self.secrets.entry(secret.name().to_owned()).or_default()
    }

    /// Takes what Onomondo tells of a secret now for our own change, or for one that is known.
    pub(crate) fn accept(&mut self, secret: &Secret, now: &SecretMeta) {
        if now.last_updated_at.is_some() {
            let record = self.of_mut(secret);
            record.last_updated_at.clone_from(&now.last_updated_at);
        }
    }

    /// Forgets the secrets of another type than this one.
    pub(crate) fn keep_only(&mut self, secrets: &[Secret]) {
        self.secrets
            .retain(|name, _| secrets.iter().any(|secret| secret.name() == name));
    }

    /// Whether this is the value that was sent last. `None` where that is not remembered.
    pub(crate) fn is_same(&self, secret: &Secret, value: &str) -> Option<bool> {
        let digest = self.of(secret)?.digest.as_ref()?;
        let digest = BASE64_STANDARD.decode(digest).ok()?;
        let verified = hmac::verify(&self.key()?, value.as_bytes(), &digest);
        Some(verified.is_ok())
    }

    /// Remembers the value that was sent, as its digest.
    pub(crate) fn remember(&mut self, secret: &Secret, value: &str) {
        if self.key().is_none() {
            let mut salt = [0; 32];
            if rand::fill(&mut salt).is_err() {
                // Without a salt nothing is stored: a digest that can be guessed at is worse than
                // a secret that is sent once more.
                return;
            }
            self.salt = BASE64_STANDARD.encode(salt);
        }
        if let Some(key) = self.key() {
            let digest = hmac::sign(&key, value.as_bytes());
            self.of_mut(secret).digest = Some(BASE64_STANDARD.encode(digest));
        }
    }

    /// Forgets the value that was sent.
    pub(crate) fn forget_value(&mut self, secret: &Secret) {
        if let Some(record) = self.secrets.get_mut(secret.name()) {
            record.digest = None;
        }
    }

    fn key(&self) -> Option<hmac::Key> {
        let salt = BASE64_STANDARD.decode(&self.salt).ok()?;
        (salt.len() == 32).then(|| hmac::Key::new(hmac::HMAC_SHA256, &salt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::variants;

    fn key() -> &'static Secret {
        variants::secrets()
            .find(|secret| secret.name() == "key")
            .unwrap()
    }

    #[test]
    fn remembers_a_value_without_holding_it() {
        let mut private = PrivateState::default();
        private.remember(key(), "a private key");
        let bytes = private.write();
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains("a private key"), "{text}");
        let read = PrivateState::read(&bytes);
        assert_eq!(read.is_same(key(), "a private key"), Some(true));
        assert_eq!(read.is_same(key(), "another key"), Some(false));
    }

    #[test]
    fn equal_secrets_of_two_connectors_do_not_look_equal() {
        let digest = || {
            let mut private = PrivateState::default();
            private.remember(key(), "a private key");
            private.of(key()).unwrap().digest.clone()
        };
        assert_ne!(digest(), digest());
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        for bytes in [
            "",
            "null",
            "[]",
            "garbage",
            r#"{"salt":"x","secrets":{"key":{"digest":"x"}}}"#,
        ] {
            assert_eq!(
                PrivateState::read(bytes.as_bytes()).is_same(key(), "x"),
                None,
                "{bytes}"
            );
        }
        assert_eq!(PrivateState::default().write(), b"");
    }

    #[test]
    fn writes_are_remembered_and_may_be_missing() {
        use crate::onomondo::WriteWindow;
        let mut private = PrivateState::default();
        let from = std::time::UNIX_EPOCH + std::time::Duration::from_secs(7);
        private.writes.note(WriteWindow { from, until: from });
        let bytes = private.write();
        assert_eq!(PrivateState::read(&bytes), private);
        assert!(private.writes.contain(from));
        let earlier = br#"{"secrets":{"key":{"last_updated_at":"2024-09-26T09:25:42.898Z"}}}"#;
        let earlier = PrivateState::read(earlier);
        assert!(earlier.writes.is_empty() && earlier.of(key()).is_some());
    }

    #[test]
    fn members_of_a_later_version_do_no_harm() {
        let json = r#"{"later":1,"secrets":{"key":{"version":3,"later":true}}}"#;
        assert_eq!(
            PrivateState::read(json.as_bytes())
                .of(key())
                .unwrap()
                .version,
            Some(3)
        );
    }
}
