//! Secrets. The sandbox keeps only their SHA-256.

use std::collections::BTreeMap;
use std::fmt::Write;

use aws_lc_rs::digest;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value, json};

use super::stamp::Stamp;
use crate::schema::options::is_secret;

/// The SHA-256 of a secret in lower-case hexadecimal. It suffices to prove which value arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(crate) struct Fingerprint(String);

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if text.len() == 64 && digits {
            Ok(Self(text))
        } else {
            Err(D::Error::custom(
                "expected a SHA-256 as 64 lower-case hexadecimal digits",
            ))
        }
    }
}

impl Fingerprint {
    pub(crate) fn of(secret: &str) -> Self {
        let digest = digest::digest(&digest::SHA256, secret.as_bytes());
        let mut hexadecimal = String::with_capacity(64);
        for byte in digest.as_ref() {
            // Writing to a string cannot fail.
            let _ = write!(hexadecimal, "{byte:02x}");
        }
        Self(hexadecimal)
    }
}

/// One secret of a connector. A secret that is not set has a stamp too.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secret {
    /// `None` if the secret is not set.
    pub(crate) sha256: Option<Fingerprint>,
    /// The time when it was last set or unset.
    pub(crate) last_updated_at: Stamp,
}

impl Secret {
    /// The entry in `meta`. The API shows nothing else of a secret.
    pub(crate) fn meta(&self) -> Value {
        json!({ "is_set": self.sha256.is_some(), "last_updated_at": self.last_updated_at })
    }
}

/// Takes the secrets out of `options`. An empty one counts as not set.
pub(crate) fn extract(options: &mut Map<String, Value>) -> BTreeMap<String, Option<Fingerprint>> {
    let names = options.keys().filter(|name| is_secret(name)).cloned();
    let names: Vec<String> = names.collect();
    let mut secrets = BTreeMap::new();
    for name in names {
        let value = options.remove(&name);
        let text = value.as_ref().and_then(Value::as_str).unwrap_or_default();
        let fingerprint = (!text.is_empty()).then(|| Fingerprint::of(text));
        secrets.insert(name, fingerprint);
    }
    secrets
}

/// Replaces every secret in a request body, at any depth, with `sha256:` and its fingerprint.
pub(crate) fn redact(body: &mut Value) {
    match body {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) {
                    // A body that the API refuses may hold any JSON in place of a secret.
                    let text = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    *value = Value::from(format!("sha256:{}", Fingerprint::of(&text).0));
                } else {
                    redact(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Fingerprint, redact};

    #[test]
    fn a_fingerprint_is_the_sha256_in_hexadecimal() {
        assert_eq!(
            serde_json::to_value(Fingerprint::of("abc")).unwrap(),
            json!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        );
    }

    #[test]
    fn redaction_reaches_nested_members_and_leaves_the_rest() {
        let mut body =
            json!({ "options": { "host": "h", "key": "abc" }, "list": [{ "ca": ["abc"] }] });
        redact(&mut body);
        let nested = format!("sha256:{}", Fingerprint::of(r#"["abc"]"#).0);
        let hidden = format!("sha256:{}", Fingerprint::of("abc").0);
        assert_eq!(
            body,
            json!({ "options": { "host": "h", "key": hidden }, "list": [{ "ca": nested }] })
        );
    }
}
