//! The names and types of all attributes: they stand here and nowhere else.

use crate::protocol::{Elements, Field, Flag, Text};

// Of the resource, and of a search for SIMs.
pub(super) const CONNECTOR: Field<Text> = Field::new("connector");

// Of the resource alone.
pub(super) const SIM_IDS: Field<Elements> = Field::new("sim_ids");

// Of a search for SIMs, and of a SIM.
pub(super) const ACTIVATED: Field<Flag> = Field::new("activated");
pub(super) const ONLINE: Field<Flag> = Field::new("online");

// Of a search for SIMs alone.
pub(super) const TAG: Field<Text> = Field::new("tag");
pub(super) const IDS: Field<Elements> = Field::new("ids");
pub(super) const SIMS: Field<Elements> = Field::new("sims");

// Of a SIM alone.
pub(super) const ID: Field<Text> = Field::new("id");
pub(super) const ICCID: Field<Text> = Field::new("iccid");
pub(super) const LABEL: Field<Text> = Field::new("label");
pub(super) const TAGS: Field<Elements> = Field::new("tags");
