//! The bodies that create and change a connector.

use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::onomondo::{Connector, Options, Passthrough, Tag};

/// A connector to create. `options` also holds its type.
#[derive(Debug, Clone)]
pub struct NewConnector {
    /// If omitted, the API chooses one.
    pub name: Option<String>,
    /// The type and its options.
    pub options: Options,
    /// UUIDs; `None` sends nothing.
    pub tags: Option<Vec<String>>,
    /// `None` sends nothing.
    pub passthrough: Option<Vec<Passthrough>>,
}

/// A change to a connector. A member that is `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ConnectorPatch {
    /// A new name.
    pub name: Option<String>,
    /// A new type. The API requires `options` with it.
    pub kind: Option<String>,
    /// All options: the API does not say whether it keeps omitted ones.
    pub options: Option<Options>,
    /// The UUIDs of all tags. They replace the existing ones.
    pub tags: Option<Vec<String>>,
    /// All rules. They replace the existing ones.
    pub passthrough: Option<Vec<Passthrough>>,
}

impl NewConnector {
    /// The body of `POST /connectors`.
    pub(in crate::onomondo) fn to_json(&self) -> Value {
        let mut body = Map::new();
        if let Some(name) = &self.name {
            body.insert("name".into(), name.as_str().into());
        }
        body.insert("type".into(), self.options.kind.as_str().into());
        insert_shared(&mut body, self.tags.as_deref(), self.passthrough.as_deref());
        body.insert("options".into(), self.options.to_json().into());
        body.into()
    }

    /// The parts of the body that must stay hidden.
    pub(in crate::onomondo) fn secrets(&self) -> Vec<SecretString> {
        self.options.hidden()
    }

    /// The resulting connector with that name, as far as the request shows it.
    pub(in crate::onomondo) fn as_made(&self, name: &str) -> Connector {
        let tag = |id: &String| Tag {
            id: id.clone(),
            name: None,
            color: None,
            can_write: None,
        };
        Connector {
            name: name.to_owned(),
            kind: self.options.kind.clone(),
            tags: self.tags.iter().flatten().map(tag).collect(),
            passthrough: self.passthrough.clone().unwrap_or_default(),
            options: self.options.shown.clone(),
            meta: None,
        }
    }
}

impl ConnectorPatch {
    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self {
            name,
            kind,
            options,
            tags,
            passthrough,
        } = self;
        name.is_none()
            && kind.is_none()
            && options.is_none()
            && tags.is_none()
            && passthrough.is_none()
    }

    /// The body of `PATCH /connectors/{connector_name}`.
    pub(in crate::onomondo) fn to_json(&self) -> Value {
        let mut body = Map::new();
        if let Some(name) = &self.name {
            body.insert("name".into(), name.as_str().into());
        }
        if let Some(kind) = &self.kind {
            body.insert("type".into(), kind.as_str().into());
        }
        insert_shared(&mut body, self.tags.as_deref(), self.passthrough.as_deref());
        if let Some(options) = &self.options {
            body.insert("options".into(), options.to_json().into());
        }
        body.into()
    }

    /// The parts of the body that must stay hidden.
    pub(in crate::onomondo) fn secrets(&self) -> Vec<SecretString> {
        self.options
            .as_ref()
            .map(Options::hidden)
            .unwrap_or_default()
    }
}

fn insert_shared(
    body: &mut Map<String, Value>,
    tags: Option<&[String]>,
    passthrough: Option<&[Passthrough]>,
) {
    if let Some(tags) = tags {
        body.insert("tags".into(), tags.into());
    }
    if let Some(rules) = passthrough {
        body.insert("passthrough".into(), rules.iter().map(rule).collect());
    }
}

fn rule(rule: &Passthrough) -> Value {
    let mut members = Map::new();
    members.insert("protocol".into(), rule.protocol.as_str().into());
    if let Some(ip) = &rule.ip {
        members.insert("ip".into(), ip.as_str().into());
    }
    if let Some(port) = rule.port {
        members.insert("port".into(), port.into());
    }
    members.into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn secret(text: &str) -> SecretString {
        SecretString::from(text)
    }

    fn tls() -> Options {
        let shown = json!({ "host": "a.example", "port": 8883, "server_name": "b.example" });
        Options {
            kind: "tls".into(),
            shown: shown.as_object().cloned().unwrap(),
            secrets: [("key".into(), secret("hush-key"))].into(),
            confidential: Vec::new(),
        }
    }

    #[test]
    fn a_new_connector_carries_its_type_and_its_secrets() {
        let new = NewConnector {
            name: None,
            options: tls(),
            tags: None,
            passthrough: None,
        };
        let options = json!({ "host": "a.example", "port": 8883, "server_name": "b.example",
                              "key": "hush-key" });
        assert_eq!(new.to_json(), json!({ "type": "tls", "options": options }));
    }

    #[test]
    fn a_patch_carries_only_changes() {
        assert_eq!(ConnectorPatch::default().to_json(), json!({}));
        let patch = ConnectorPatch {
            name: Some("new".into()),
            kind: Some("tls".into()),
            options: None,
            tags: Some(Vec::new()),
            passthrough: Some(vec![
                Passthrough {
                    protocol: "icmp".into(),
                    ip: None,
                    port: None,
                },
                Passthrough {
                    protocol: "udp".into(),
                    ip: Some("1.1.1.1".into()),
                    port: Some(0),
                },
            ]),
        };
        assert_eq!(
            patch.to_json(),
            json!({
                "name": "new", "type": "tls", "tags": [],
                "passthrough": [{ "protocol": "icmp" }, { "protocol": "udp", "ip": "1.1.1.1", "port": 0 }]
            })
        );
    }

    #[test]
    fn a_request_does_not_print_its_secrets() {
        let token = "https://a.example/in?token=hush-hush";
        let https = Options {
            kind: "https".into(),
            shown: [("host".into(), token.into())].into_iter().collect(),
            confidential: vec![secret("token=hush-hush")],
            ..Options::default()
        };
        for options in [https, tls()] {
            let new = NewConnector {
                name: None,
                options,
                tags: None,
                passthrough: None,
            };
            let patch = ConnectorPatch {
                options: Some(new.options.clone()),
                ..ConnectorPatch::default()
            };
            assert!(!format!("{new:?} {patch:?}").contains("hush"));
            assert_eq!((new.secrets().len(), patch.secrets().len()), (1, 1));
        }
    }
}
