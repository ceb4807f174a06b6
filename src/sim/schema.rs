//! The attributes of the resource, with their documentation.

use super::attributes::{CONNECTOR, SIM_IDS};
use crate::{
    messages::timeouts,
    protocol::{Attribute, Schema, Type},
};

pub(super) fn schema() -> Schema {
    let connector = CONNECTOR.attribute().required().describe(
        "Name of the connector. For a connector in the same configuration, refer to its `name`: \
         Terraform then creates the connector before it maps the SIMs, and unmaps the SIMs before \
         it deletes the connector. Changing the name moves the SIMs to the other connector in place.",
    );
    let sim_ids = Attribute::plain(SIM_IDS.name(), Type::Set(Type::String.into()))
        .required()
        .describe(
            "The SIMs that this resource keeps mapped to the connector, each by its SIM ID (nine \
             digits) or its ICCID. A SIM that is mapped to another connector is moved to this \
             one. SIMs that are mapped to the connector by other means stay as they are. Can be \
             empty.",
        );
    Schema::new(
        "Maps SIMs to a connector. A connector carries no traffic until SIMs are mapped to it, \
         and Onomondo does not delete a connector while any SIM is mapped to it. Several \
         resources can map SIMs to the same connector. A SIM has only one connector, so list each \
         SIM in only one resource.",
        vec![
            connector,
            sim_ids,
            timeouts::attribute(
                "How long a delete may take. A delete reads this value from state, so apply it \
                 first.",
            ),
        ],
    )
}
