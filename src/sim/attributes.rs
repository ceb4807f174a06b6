//! The names and types of all attributes. Other files refer to them by these constants.

use crate::protocol::{Elements, Field, Flag, Text};

// Attributes of the resource and of the search for SIMs.
pub(super) const CONNECTOR: Field<Text> = Field::new("connector");

// Attributes of the resource only.
pub(super) const SIM_IDS: Field<Elements> = Field::new("sim_ids");

// Attributes of the search for SIMs and of each SIM.
pub(super) const ACTIVATED: Field<Flag> = Field::new("activated");
pub(super) const ONLINE: Field<Flag> = Field::new("online");

// Attributes of the search for SIMs only.
pub(super) const TAG: Field<Text> = Field::new("tag");
pub(super) const IDS: Field<Elements> = Field::new("ids");
pub(super) const SIMS: Field<Elements> = Field::new("sims");

// Attributes of each SIM only.
pub(super) const ID: Field<Text> = Field::new("id");
pub(super) const ICCID: Field<Text> = Field::new("iccid");
pub(super) const LABEL: Field<Text> = Field::new("label");
pub(super) const TAGS: Field<Elements> = Field::new("tags");
