//! Private state: facts about the secrets that the provider sent, but never their values, and the
//! former name of the connector.
//!
//! Terraform stores these bytes beside the state and shows them to no one. They are JSON, so that
//! later versions can read them.

use std::collections::BTreeMap;

use aws_lc_rs::{hmac, rand};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::{Deserialize, Serialize};

use super::own_writes::OwnWrites;
use crate::{connector::variants::Secret, onomondo::SecretMeta};

/// The private state of one connector.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PrivateState {
    /// Random for each connector, so that equal secrets of two connectors have different digests.
    #[serde(skip_serializing_if = "String::is_empty")]
    salt: String,
    /// The records by attribute.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    secrets: BTreeMap<String, Record>,
    /// The times of this provider's writes to the connector. Earlier versions did not record them,
    /// so their last known change of a secret counts as accepted.
    #[serde(skip_serializing_if = "OwnWrites::is_empty")]
    pub(crate) writes: OwnWrites,
    /// The name that the connector had before this provider renamed it. Mappings of its SIMs may
    /// still be in state under that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) former_name: Option<String>,
}

/// The record of one secret.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Record {
    /// The HMAC-SHA-256 of the last write-only value sent, with the salt.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    /// The version with which it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<i64>,
    /// The last known change, as Onomondo's timestamp: made by the provider itself or found
    /// earlier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_updated_at: Option<String>,
}

impl PrivateState {
    /// Parses the bytes. Unreadable bytes count as none: secrets are then sent again.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        serde_json::from_slice(bytes).unwrap_or_default()
    }

    /// Encodes to bytes. Empty if there is nothing to store.
    pub(crate) fn write(&self) -> Vec<u8> {
        if *self == Self::default() {
            return Vec::new();
        }
        // Maps of strings always have a JSON form.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Notes the former name of the connector, if its name changed.
    pub(crate) fn note_former_name(&mut self, before: &str, now: &str) {
        if before != now {
            self.former_name = Some(before.to_owned());
        }
    }

    /// The record of a secret.
    pub(crate) fn of(&self, secret: &Secret) -> Option<&Record> {
        self.secrets.get(secret.name())
    }

    /// The record of a secret, for changing it.
    pub(crate) fn of_mut(&mut self, secret: &Secret) -> &mut Record {
        self.secrets.entry(secret.name().to_owned()).or_default()
    }

    /// Accepts Onomondo's current timestamp of a secret as known.
    pub(crate) fn accept(&mut self, secret: &Secret, now: &SecretMeta) {
        if now.last_updated_at.is_some() {
            let record = self.of_mut(secret);
            record.last_updated_at.clone_from(&now.last_updated_at);
        }
    }

    /// Removes the records of secrets that another type had.
    pub(crate) fn keep_only(&mut self, secrets: &[Secret]) {
        self.secrets
            .retain(|name, _| secrets.iter().any(|secret| secret.name() == name));
    }

    /// Whether this is the value sent last. `None` if there is no digest.
    pub(crate) fn is_same(&self, secret: &Secret, value: &str) -> Option<bool> {
        let digest = self.of(secret)?.digest.as_ref()?;
        let digest = BASE64_STANDARD.decode(digest).ok()?;
        let verified = hmac::verify(&self.key()?, value.as_bytes(), &digest);
        Some(verified.is_ok())
    }

    /// Records the digest of a value that was sent.
    pub(crate) fn remember(&mut self, secret: &Secret, value: &str) {
        if self.key().is_none() {
            let mut salt = [0; 32];
            if rand::fill(&mut salt).is_err() {
                // Without a salt, no digest is stored: a digest that can be guessed is worse than
                // sending the secret again.
                return;
            }
            self.salt = BASE64_STANDARD.encode(salt);
        }
        if let Some(key) = self.key() {
            let digest = hmac::sign(&key, value.as_bytes());
            self.of_mut(secret).digest = Some(BASE64_STANDARD.encode(digest));
        }
    }

    /// Removes the digest of the value that was sent.
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
    fn unreadable_private_state_counts_as_empty() {
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
    fn members_of_a_later_version_are_ignored() {
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
