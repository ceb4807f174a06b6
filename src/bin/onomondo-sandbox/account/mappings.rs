//! SIMs, and the connectors that they are mapped to.

use serde_json::{Map, Value};

use super::{Account, Sim};
use crate::error::ApiError;
use crate::schema::{Nullable, SimChange};

impl Account {
    /// Answers `GET /sims/{sim_id}`.
    pub(crate) fn sim(&self, id_or_iccid: &str) -> Result<Value, ApiError> {
        let index = self.visible_sim(id_or_iccid)?;
        Ok(self.sims[index].answer(&self.tags))
    }

    /// The SIMs that the key can see.
    pub(crate) fn visible_sims(&self) -> impl Iterator<Item = &Sim> {
        self.sims.iter().filter(|sim| self.is_visible(&sim.tags))
    }

    /// Handles `PATCH /sims/{sim_id}` and returns the answer.
    pub(crate) fn change_sim(
        &mut self,
        id_or_iccid: &str,
        body: &Map<String, Value>,
    ) -> Result<Value, ApiError> {
        let index = self.visible_sim(id_or_iccid)?;
        let change = SimChange::parse(body)?;
        if let Some(Nullable(Some(name))) = &change.connector
            && self.visible_index(name).is_err()
        {
            let problem = format!("must be the name of a connector or null: there is no `{name}`");
            return Err(ApiError::invalid("connector", problem));
        }
        self.check_tags(change.tags.as_deref().unwrap_or_default())?;
        let sim = &mut self.sims[index];
        if let Some(Nullable(connector)) = change.connector
            && !self.quirks.ignore_mapping
        {
            sim.connector = connector;
        }
        if let Some(Nullable(label)) = change.label {
            sim.label = label;
        }
        if let Some(Nullable(network_whitelist)) = change.network_whitelist {
            sim.network_whitelist = network_whitelist;
        }
        if let Some(Nullable(imei_lock)) = change.imei_lock {
            sim.imei_lock = imei_lock;
        }
        if let Some(activated) = change.activated {
            sim.activated = activated;
        }
        if let Some(tags) = change.tags {
            sim.tags = tags;
        }
        Ok(sim.answer(&self.tags))
    }

    /// Adds SIMs with the next serial numbers. `set_up` gets the index of each new SIM.
    pub(crate) fn add_sims(&mut self, count: usize, set_up: impl Fn(usize, &mut Sim)) {
        let serial_numbers = self.sims.iter().filter_map(|sim| sim.id.parse().ok());
        let next = serial_numbers.max().unwrap_or(0) + 1;
        let new = (0..count).map(|index| {
            let mut sim = Sim::numbered(next + index);
            set_up(index, &mut sim);
            sim
        });
        self.sims.extend(new);
    }

    /// The number of SIMs mapped to the connector, including those that the key cannot see.
    pub(super) fn mapped_sims(&self, connector: &str) -> usize {
        let mapped = self.sims.iter().filter(|sim| sim.is_mapped_to(connector));
        mapped.count()
    }

    /// Maps every SIM of the connector to another connector, or to none.
    pub(crate) fn remap(&mut self, connector: &str, other: Option<&str>) {
        for sim in &mut self.sims {
            if sim.is_mapped_to(connector) {
                sim.connector = other.map(str::to_owned);
            }
        }
    }

    /// The index of the SIM, even if the key cannot see it.
    pub(crate) fn sim_index(&self, id_or_iccid: &str) -> Option<usize> {
        self.sims.iter().position(|sim| sim.is_called(id_or_iccid))
    }

    fn visible_sim(&self, id_or_iccid: &str) -> Result<usize, ApiError> {
        self.sim_index(id_or_iccid)
            .filter(|index| self.is_visible(&self.sims[*index].tags))
            .ok_or_else(|| ApiError::SimNotFound(id_or_iccid.to_owned()))
    }
}
