//! The attributes of the resource, with their documentation.

use super::attributes::{
    IP, IS_SET, LAST_UPDATED_AT, META, NAME, PASSTHROUGH, PORT, PROTOCOL, TAGS, TYPE,
};
use crate::{
    connector::variants::{self, Secret, Variant},
    messages::{invalid::enumerated, timeouts},
    protocol::{Attribute, IdentitySchema, Nesting, Schema, Type},
};

pub(crate) fn identity() -> IdentitySchema {
    IdentitySchema::new(vec![(NAME.name(), "Name of the connector.")])
}

pub(crate) fn schema() -> Schema {
    let before = [
        NAME.attribute().optional().computed().describe(
            "Name of the connector. SIMs and the API refer to the connector by its name. A name \
             has 3 to 255 characters: letters, digits, `-`, and `_`. If omitted, Onomondo chooses \
             one. Changing the name renames the connector in place.",
        ),
        TYPE.attribute().computed().describe(format!(
            "Type of the connector, derived from the attribute that is set: {}.",
            variants::names("or")
        )),
    ];
    let after = [
        passthrough(),
        tags().optional().describe(
            "IDs (UUIDs) of the tags on the connector. If omitted, the connector keeps the tags \
             that it has; `[]` removes all tags. An API key that is limited to tags can no longer \
             see a connector that has none of them.",
        ),
        meta(),
        timeouts::attribute(
            "How long a delete may take. If set, a delete also waits until no SIM is mapped to \
             the connector. A delete reads this value from state, so apply it first.",
        ),
    ];
    let variants = variants::ALL.map(variant);
    Schema::new(
        "Manages an Onomondo Connector, which carries the traffic of the devices whose SIMs are \
         mapped to it to one destination. Set exactly one of `https`, `tls`, `aws_iot_core`, and \
         `microsoft_azure_iot`. The Connectors API is part of Onomondo's Enterprise package.",
        before.into_iter().chain(variants).chain(after).collect(),
    )
}

fn variant(variant: &'static Variant) -> Attribute {
    Attribute::nested(variant.name(), Nesting::Single, variant.attributes())
        .optional()
        .describe(variant.purpose())
}

/// The set of tag IDs.
pub(crate) fn tags() -> Attribute {
    Attribute::plain(TAGS.name(), Type::Set(Type::String.into())).computed()
}

pub(crate) fn passthrough() -> Attribute {
    let rule = vec![
        PROTOCOL
            .attribute()
            .required()
            .describe("Protocol: `tcp`, `udp`, or `icmp`."),
        IP.attribute()
            .optional()
            .describe("Destination address. If null, the rule presumably matches any address."),
        PORT.attribute().optional().describe(
            "Destination port, 0 to 65535. If null, the rule presumably matches any port. Not allowed with `icmp`.",
        ),
    ];
    Attribute::nested(PASSTHROUGH.name(), Nesting::Set, rule)
        // Computed, so that null and empty are the same: an omitted set is planned as empty.
        .optional()
        .computed()
        .describe(
            "Rules for the traffic that bypasses the connector. If omitted, the connector has no \
             rules, and rules that were created elsewhere are removed.",
        )
}

/// This is not a nested attribute: Terraform 1.6 and OpenTofu before 1.10 crash if they generate
/// configuration for a computed one (hashicorp/terraform#34463).
pub(crate) fn meta() -> Attribute {
    let secret = [
        (IS_SET.name().to_owned(), Type::Bool),
        (LAST_UPDATED_AT.name().to_owned(), Type::String),
    ];
    let secrets = Type::Map(Type::Object(secret.into()).into());
    let names: Vec<_> = variants::secrets().map(Secret::name).collect();
    Attribute::plain(META.name(), secrets)
        .computed()
        .describe(format!(
            "Status of the connector's secrets, by the name of the secret ({}): whether it is set \
             (`is_set`), and when it was last changed, in RFC 3339 (`last_updated_at`).",
            enumerated(&names, "or")
        ))
}
