//! Secrets, of which the sandbox keeps the SHA-256 alone, and the time each was last changed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::digest;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

/// The option members that Onomondo takes and never returns.
const MEMBERS: [&str; 4] = ["ca", "cert", "key", "connectionString"];

/// Whether an option of this name is a secret.
pub(crate) fn is_secret(member: &str) -> bool {
    MEMBERS.contains(&member)
}

/// SHA-256 of a secret in lower-case hexadecimal: enough to prove which value arrived.
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

/// A moment in milliseconds since the epoch, written as RFC 3339 with `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(u64);

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = UNIX_EPOCH + Duration::from_millis(self.0);
        serializer.collect_str(&humantime::format_rfc3339_millis(moment))
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        humantime::parse_rfc3339(&text)
            .ok()
            .and_then(|moment| moment.duration_since(UNIX_EPOCH).ok())
            .and_then(|elapsed| u64::try_from(elapsed.as_millis()).ok())
            .map(Self)
            .ok_or_else(|| D::Error::custom("expected a time such as `2024-09-26T09:25:42.898Z`"))
    }
}

/// Gives each change a stamp of its own: never the same twice, never earlier than the last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    last: u64,
}

impl Clock {
    /// The last stamp that was given.
    pub(crate) fn last(&self) -> Stamp {
        Stamp(self.last)
    }

    /// Has every stamp from now on come after this one.
    pub(crate) fn pass(&mut self, stamp: Stamp) {
        self.last = self.last.max(stamp.0);
    }

    pub(crate) fn next(&mut self) -> Stamp {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |elapsed| elapsed.as_millis());
        self.last = u64::try_from(now).unwrap_or(u64::MAX).max(self.last + 1);
        Stamp(self.last)
    }
}

/// One secret of a connector. A secret that is not set has a stamp too.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Secret {
    /// `None` while it is not set.
    pub(crate) sha256: Option<Fingerprint>,
    /// When it was last set or unset.
    pub(crate) last_updated_at: Stamp,
}

impl Secret {
    /// Its entry in `meta`, which is all that the API tells of it.
    pub(crate) fn meta(&self) -> Value {
        json!({ "is_set": self.sha256.is_some(), "last_updated_at": self.last_updated_at })
    }
}

/// Takes the secrets out of `options`. An empty one counts as not set.
pub(crate) fn extract(options: &mut Map<String, Value>) -> BTreeMap<String, Option<Fingerprint>> {
    let mut secrets = BTreeMap::new();
    for member in MEMBERS {
        if let Some(value) = options.remove(member) {
            let text = value.as_str().unwrap_or_default();
            let fingerprint = (!text.is_empty()).then(|| Fingerprint::of(text));
            secrets.insert(member.to_owned(), fingerprint);
        }
    }
    secrets
}

/// Replaces every secret in a request body, at any depth, by `sha256:` and its fingerprint.
pub(crate) fn redact(body: &mut Value) {
    match body {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) {
                    // A body that the API refuses can have anything in the place of a secret.
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

    use super::{Clock, Fingerprint, redact};

    #[test]
    fn a_fingerprint_is_the_sha256_in_hexadecimal() {
        assert_eq!(
            serde_json::to_value(Fingerprint::of("abc")).unwrap(),
            json!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        );
    }

    #[test]
    fn stamps_rise_within_one_millisecond_too() {
        let mut clock = Clock::default();
        let stamps: Vec<_> = (0..100).map(|_| clock.next()).collect();
        assert!(stamps.is_sorted_by(|earlier, later| earlier < later));
    }

    #[test]
    fn a_stamp_is_rfc_3339_with_milliseconds() {
        let text = serde_json::to_value(Clock::default().next()).unwrap();
        let text = text.as_str().unwrap();
        assert_eq!(text.len(), "2024-09-26T09:25:42.898Z".len());
        assert!(humantime::parse_rfc3339(text).is_ok());
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
