//! The attributes, and what the documentation says of them.

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
            "Name of the connector, by which SIMs and the API refer to it: 3 to 255 letters, \
             digits, `-` and `_`. Left out, Onomondo picks one. A change renames the connector in \
             place.",
        ),
        TYPE.attribute().computed().describe(format!(
            "Type of the connector, from the variant that is set: {}.",
            variants::names("or")
        )),
    ];
    let after = [
        passthrough(),
        tags().optional().describe(
            "IDs (UUIDs) of the tags on the connector. Left out, the connector keeps the tags it \
             has; `[]` removes all. An API key that is limited by tags loses sight of a connector \
             without one of them.",
        ),
        meta(),
        timeouts::attribute(
            "How long a delete may take; it counts once it is applied. With it, a delete waits until \
             no SIM is mapped to the connector.",
        ),
    ];
    let variants = variants::ALL.map(variant);
    Schema::new(
        "An Onomondo Connector: a pipe that carries the traffic of the devices whose SIMs are \
         mapped to it to one destination. Set exactly one of `https`, `tls`, `aws_iot_core` and \
         `microsoft_azure_iot`. The Connectors API is part of Onomondo's Enterprise package.",
        before.into_iter().chain(variants).chain(after).collect(),
    )
}

fn variant(variant: &'static Variant) -> Attribute {
    Attribute::nested(variant.name(), Nesting::Single, variant.attributes())
        .optional()
        .describe(variant.purpose())
}

/// The set, as the API has it.
pub(crate) fn tags() -> Attribute {
    Attribute::plain(TAGS.name(), Type::Set(Type::String.into())).computed()
}

pub(crate) fn passthrough() -> Attribute {
    let rule = vec![
        PROTOCOL
            .attribute()
            .required()
            .describe("`tcp`, `udp` or `icmp`."),
        IP.attribute()
            .optional()
            .describe("Destination address; any address without it."),
        PORT.attribute()
            .optional()
            .describe("Destination port, 0 to 65535; any port without it. Not with `icmp`."),
    ];
    Attribute::nested(PASSTHROUGH.name(), Nesting::Set, rule)
        // Computed so that null and empty are one: left out, it is planned as the empty set.
        .optional()
        .computed()
        .describe(
            "Traffic that goes round the connector. Left out: none, and rules made elsewhere are \
             removed.",
        )
}

/// Not a nested attribute: where Terraform 1.6 and OpenTofu before 1.10 generate configuration, a
/// computed one crashes them: hashicorp/terraform#34463.
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
            "What Onomondo tells of the connector's secrets, by the name of the secret ({}): whether \
             it is set, and when it was last changed, in RFC 3339.",
            enumerated(&names, "or")
        ))
}
