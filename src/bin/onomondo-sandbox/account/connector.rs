//! One connector: its stored form, and the two forms in which the API returns it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::quirks::Quirks;
use super::secret::{self, Fingerprint, Secret};
use super::stamp::{Stamp, Stamps};
use super::tag::{self, Tag};
use crate::schema::options;

/// A connector as the sandbox stores it. Parsing checks only its shape: the account may hold any
/// type, with any options.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connector {
    /// Unique in the account. SIMs refer to it.
    pub(crate) name: String,
    /// One of the four documented types, or any text that a test put in.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The rules as the client sent them.
    #[serde(default)]
    pub(crate) passthrough: Vec<Value>,
    /// Tags of the account. The exceptions are tags that a test put in, or that were removed later.
    #[serde(default)]
    pub(crate) tags: Vec<Uuid>,
    /// The options, without secrets once [`Connector::take_secrets`] has run.
    #[serde(default)]
    pub(crate) options: Map<String, Value>,
    /// All secrets of the type, whether set or not.
    #[serde(default)]
    pub(crate) secrets: BTreeMap<String, Secret>,
    /// Members that replace the API's own in answers, such as `{"meta": {"version": 3}}`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) answered: Map<String, Value>,
}

/// The kind of answer that contains a connector.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// `GET /connectors`: tags are objects.
    List,
    /// POST and PATCH: tags are UUID strings.
    Write,
}

impl Connector {
    /// Moves plain-text secrets out of the options.
    pub(crate) fn take_secrets(&mut self, stamps: &mut Stamps) {
        let sent = secret::extract(&mut self.options);
        self.store_secrets(sent, stamps);
    }

    /// Gives every secret of the type an entry, and stores the secrets that were sent.
    ///
    /// Each sent secret gets its own stamp. Other secrets keep their value and stamp.
    pub(crate) fn store_secrets(
        &mut self,
        sent: BTreeMap<String, Option<Fingerprint>>,
        stamps: &mut Stamps,
    ) {
        for (name, sha256) in sent {
            let last_updated_at = stamps.next();
            let secret = Secret {
                sha256,
                last_updated_at,
            };
            self.secrets.insert(name, secret);
        }
        for name in options::secrets(&self.kind) {
            self.secrets
                .entry(name.to_owned())
                .or_insert_with(|| Secret {
                    sha256: None,
                    last_updated_at: stamps.next(),
                });
        }
    }

    /// Gives every secret a new stamp.
    pub(crate) fn restamp(&mut self, stamps: &mut Stamps) {
        for secret in self.secrets.values_mut() {
            secret.last_updated_at = stamps.next();
        }
    }

    /// Gives every secret changed after `moment` a new stamp.
    pub(crate) fn restamp_since(&mut self, moment: Stamp, stamps: &mut Stamps) {
        for secret in self.secrets.values_mut() {
            if secret.last_updated_at > moment {
                secret.last_updated_at = stamps.next();
            }
        }
    }

    /// The connector as the API returns it.
    pub(crate) fn answer(&self, place: Place, tags: &[Tag], quirks: &Quirks) -> Value {
        let mut answer = json!({
            "name": self.name,
            "type": self.kind,
            "passthrough": self.passthrough_answer(quirks),
            "tags": self.tags_answer(place, tags, quirks),
            "options": self.options_answer(quirks),
        });
        let has_meta = !self.secrets.is_empty() || quirks.empty_meta;
        if has_meta && !(place == Place::Write && quirks.omit_meta) {
            answer["meta"] = self
                .secrets
                .iter()
                .map(|(name, secret)| (name.clone(), secret.meta()))
                .collect();
        }
        for (member, value) in &self.answered {
            answer[member] = value.clone();
        }
        answer
    }

    fn passthrough_answer(&self, quirks: &Quirks) -> Value {
        if self.passthrough.is_empty() && quirks.null_passthrough {
            return Value::Null;
        }
        let rules = self.passthrough.iter().map(|rule| {
            let mut rule = rule.as_object().cloned().unwrap_or_default();
            if quirks.explicit_nulls {
                rule.entry("ip").or_insert(Value::Null);
                if rule.get("protocol") != Some(&json!("icmp")) {
                    rule.entry("port").or_insert(Value::Null);
                }
            } else {
                rule.retain(|_, value| !value.is_null());
            }
            Value::Object(rule)
        });
        rules.collect()
    }

    fn tags_answer(&self, place: Place, tags: &[Tag], quirks: &Quirks) -> Value {
        if self.tags.is_empty() && quirks.null_tags {
            return Value::Null;
        }
        let in_case = |id: &Uuid| {
            let text = id.to_string();
            if quirks.upper_case_tags {
                text.to_uppercase()
            } else {
                text
            }
        };
        let as_strings = match place {
            Place::List => quirks.tags_as_strings_in_lists,
            Place::Write => !quirks.tags_as_objects_in_writes,
        };
        if as_strings {
            return self.tags.iter().map(in_case).collect();
        }
        let objects = self.tags.iter().map(|id| {
            let mut object = tag::answer(*id, tags);
            object["id"] = json!(in_case(id));
            object
        });
        objects.collect()
    }

    fn options_answer(&self, quirks: &Quirks) -> Value {
        let mut options = self.options.clone();
        if quirks.normalize_host
            && let Some(Value::String(host)) = options.get_mut("host")
        {
            // The normal form of a URL has a host in lower case, and a slash for an empty path.
            *host = Url::parse(host).map_or_else(|_| host.to_lowercase(), String::from);
        }
        Value::Object(options)
    }
}
