//! SIMs: which of them is mapped to which connector.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Account;
use crate::error::ApiError;

/// One SIM.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sim {
    /// Nine digits.
    pub(crate) id: String,
    /// Onomondo's begin with 894573.
    pub(crate) iccid: String,
    /// Name of the connector; `None` while it is mapped to none.
    #[serde(default)]
    pub(crate) connector: Option<String>,
}

impl Sim {
    /// The SIM of a serial number, mapped to this connector.
    fn numbered(number: usize, connector: Option<String>) -> Self {
        Self {
            id: format!("{number:09}"),
            iccid: format!("8945730000{number:09}"),
            connector,
        }
    }

    pub(crate) fn is_mapped_to(&self, connector: &str) -> bool {
        self.connector.as_deref() == Some(connector)
    }

    /// The members that Onomondo's reference shows.
    pub(crate) fn answer(&self) -> Value {
        json!({
            "id": self.id,
            "iccid": self.iccid,
            "label": null,
            "network_whitelist": null,
            "imei_lock": null,
            "connector": self.connector,
            "activated": true,
            "ipv4": null,
            "online": false,
            "online_at": null,
            "last_came_online_at": null,
            "network": { "name": null, "country": null, "country_code": null, "mcc": null, "mnc": null },
            "usage": 0,
            "tags": [],
        })
    }
}

impl Account {
    /// Maps every SIM of the connector to none.
    pub(crate) fn unmap(&mut self, connector: &str) {
        for sim in &mut self.sims {
            if sim.is_mapped_to(connector) {
                sim.connector = None;
            }
        }
    }

    /// Adds SIMs with the next serial numbers; each is told to which connector it is mapped.
    pub(crate) fn add_sims(&mut self, count: usize, connector: impl Fn(usize) -> Option<String>) {
        let serial_numbers = self.sims.iter().filter_map(|sim| sim.id.parse().ok());
        let next = serial_numbers.max().unwrap_or(0) + 1;
        let new = (0..count).map(|index| Sim::numbered(next + index, connector(index)));
        self.sims.extend(new);
    }

    /// `PATCH /sims/{sim_id}`: the answer.
    pub(crate) fn map_sim(
        &mut self,
        id: &str,
        body: &Map<String, Value>,
    ) -> Result<Value, ApiError> {
        let connector = match body.get("connector") {
            None => None,
            Some(Value::Null) => Some(None),
            Some(Value::String(name)) if self.index(name).is_some() => Some(Some(name.clone())),
            Some(_) => {
                return Err(ApiError::invalid(
                    "connector",
                    "must be the name of a connector or null",
                ));
            }
        };
        let sim = self
            .sims
            .iter_mut()
            .find(|sim| sim.id == id || sim.iccid == id)
            .ok_or_else(|| ApiError::SimNotFound(id.to_owned()))?;
        if let Some(connector) = connector {
            sim.connector = connector;
        }
        Ok(sim.answer())
    }
}
