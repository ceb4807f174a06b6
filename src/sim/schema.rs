//! The attributes of the resource, with their documentation.

use super::attributes::{CONNECTOR, SIM_IDS};
use crate::{
    messages::timeouts,
    protocol::{Attribute, Schema, Type},
};

pub(super) fn schema() -> Schema {
    let connector = CONNECTOR.attribute().required().describe(
        "Name of the connector. Refer to a connector of the same configuration by its `name`, so that \
         it is created before and deleted after its SIMs are mapped and unmapped. A change moves the \
         SIMs to the other connector in place.",
    );
    let sim_ids = Attribute::plain(SIM_IDS.name(), Type::Set(Type::String.into()))
        .required()
        .describe(
            "The SIMs that this resource keeps mapped to the connector, each by its SIM ID (nine \
             digits) or its ICCID. A SIM that is mapped to another connector is taken from it. SIMs \
             that are mapped to the connector otherwise stay as they are. Can be empty.",
        );
    Schema::new(
        "Maps SIMs to a connector. A connector carries no traffic until SIMs are mapped to it, and \
         Onomondo does not delete a connector while any SIM is. Several resources can map SIMs to the \
         same connector, but each SIM belongs in one resource only, since it has one connector.",
        vec![
            connector,
            sim_ids,
            timeouts::attribute("How long a delete may take; it takes effect once it is applied."),
        ],
    )
}
