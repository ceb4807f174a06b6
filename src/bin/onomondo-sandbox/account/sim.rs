//! One SIM: its stored form, and how the API returns it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::tag::{self, Tag};

/// A SIM as the sandbox stores it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sim {
    /// Nine digits.
    pub(crate) id: String,
    /// Onomondo's ICCIDs begin with 894573.
    pub(crate) iccid: String,
    /// The name of the connector, or `None` if the SIM is not mapped.
    #[serde(default)]
    pub(crate) connector: Option<String>,
    #[serde(default)]
    pub(crate) label: Option<String>,
    #[serde(default)]
    pub(crate) network_whitelist: Option<String>,
    #[serde(default)]
    pub(crate) imei_lock: Option<String>,
    #[serde(default)]
    pub(crate) activated: bool,
    #[serde(default)]
    pub(crate) online: bool,
    /// Tags of the account. The exceptions are tags that a test put in, or that were removed later.
    #[serde(default)]
    pub(crate) tags: Vec<Uuid>,
    /// Members that replace the API's own in answers.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) answered: Map<String, Value>,
}

impl Sim {
    /// Makes the SIM with this serial number. It is not mapped.
    pub(crate) fn numbered(number: usize) -> Self {
        Self {
            id: format!("{number:09}"),
            iccid: format!("8945730000{number:09}"),
            connector: None,
            label: None,
            network_whitelist: None,
            imei_lock: None,
            activated: true,
            online: false,
            tags: Vec::new(),
            answered: Map::new(),
        }
    }

    pub(crate) fn is_mapped_to(&self, connector: &str) -> bool {
        self.connector.as_deref() == Some(connector)
    }

    /// Whether the SIM has this ID or ICCID.
    pub(crate) fn is_called(&self, id_or_iccid: &str) -> bool {
        self.id == id_or_iccid || self.iccid == id_or_iccid
    }

    /// The SIM with the members that Onomondo's reference shows.
    pub(crate) fn answer(&self, tags: &[Tag]) -> Value {
        let tags: Vec<Value> = self.tags.iter().map(|id| tag::answer(*id, tags)).collect();
        let mut answer = json!({
            "id": self.id,
            "iccid": self.iccid,
            "label": self.label,
            "network_whitelist": self.network_whitelist,
            "imei_lock": self.imei_lock,
            "connector": self.connector,
            "activated": self.activated,
            "ipv4": null,
            "online": self.online,
            "online_at": null,
            "last_came_online_at": null,
            "network": { "name": null, "country": null, "country_code": null, "mcc": null, "mnc": null },
            "usage": 0,
            "tags": tags,
        });
        for (member, value) in &self.answered {
            answer[member] = value.clone();
        }
        answer
    }
}
