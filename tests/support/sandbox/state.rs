//! The account at one moment.

use serde_json::Value;

/// Connectors with the SHA-256 of their secrets, tags, SIMs, quirks, pending faults.
#[derive(Clone, Debug)]
pub(crate) struct State {
    state: Value,
}

impl State {
    pub(super) fn new(state: Value) -> Self {
        Self { state }
    }

    /// The names of all connectors, in the order of creation.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.connectors()
            .iter()
            .filter_map(|connector| connector["name"].as_str())
            .collect()
    }

    /// `{name, type, passthrough, tags, options, secrets}` of a connector, which must exist.
    pub(crate) fn connector(&self, name: &str) -> &Value {
        self.connectors()
            .iter()
            .find(|connector| connector["name"] == name)
            .unwrap_or_else(|| panic!("no `{name}` among {:?}", self.names()))
    }

    /// The SHA-256 of the stored secret in hexadecimal. `None` if it is not set.
    pub(crate) fn secret(&self, connector: &str, secret: &str) -> Option<&str> {
        self.connector(connector)["secrets"][secret]["sha256"].as_str()
    }

    /// The time when the secret was last set or unset.
    pub(crate) fn stamp(&self, connector: &str, secret: &str) -> &str {
        self.connector(connector)["secrets"][secret]["last_updated_at"]
            .as_str()
            .unwrap_or_else(|| panic!("`{connector}` has no secret `{secret}`"))
    }

    /// The number of SIMs mapped to the connector.
    pub(crate) fn mapped_sims(&self, connector: &str) -> usize {
        self.sims_of(connector).len()
    }

    /// The IDs of the SIMs mapped to the connector, in the account's order.
    pub(crate) fn sims_of(&self, connector: &str) -> Vec<&str> {
        let mapped = self.sims().iter();
        let mapped = mapped.filter(|sim| sim["connector"] == connector);
        mapped.map(|sim| sim["id"].as_str().unwrap()).collect()
    }

    /// `{id, iccid, connector, tags, …}` of a SIM, which must exist. Takes an ID or ICCID.
    pub(crate) fn sim(&self, id: &str) -> &Value {
        let mut sims = self.sims().iter();
        sims.find(|sim| sim["id"] == id || sim["iccid"] == id)
            .unwrap_or_else(|| panic!("no SIM `{id}`"))
    }

    /// The connector that a SIM is mapped to.
    pub(crate) fn connector_of(&self, sim: &str) -> Option<&str> {
        self.sim(sim)["connector"].as_str()
    }

    fn sims(&self) -> &Vec<Value> {
        self.state["sims"].as_array().unwrap()
    }

    /// The number of faults that can still hit a request.
    pub(crate) fn faults_left(&self) -> usize {
        self.state["faults"].as_array().unwrap().len()
    }

    /// Whether the pending fault at this index has hit a request.
    pub(crate) fn struck(&self, index: usize) -> bool {
        let Value::Object(rule) = &self.state["faults"][index] else {
            panic!("no fault {index}: {}", self.state["faults"]);
        };
        rule["seen"].as_u64() >= rule["match"]["nth"].as_u64()
    }

    fn connectors(&self) -> &Vec<Value> {
        self.state["connectors"].as_array().unwrap()
    }
}
