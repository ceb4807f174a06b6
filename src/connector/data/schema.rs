//! The attributes of a connector in a data source, with their documentation.

use super::super::{
    model::{
        attributes::{OPTIONS_JSON, TAG_DETAILS, TYPE},
        schema,
    },
    variants::{self, Variant},
};
use crate::{
    messages::tag,
    protocol::{Attribute, Nesting},
};

/// All attributes except `name`.
pub(super) fn beside_name() -> impl Iterator<Item = Attribute> {
    let kind = TYPE.attribute().computed().describe(
        "Type of the connector: `https`, `tls`, `aws_iot_core`, `microsoft_azure_iot`, or a type \
         that this provider does not know. Onomondo has types in beta.",
    );
    let rest = [
        schema::passthrough()
            .read_only()
            .describe("Traffic that bypasses the connector."),
        schema::tags().describe("IDs of the tags on the connector: UUIDs in lowercase."),
        Attribute::nested(TAG_DETAILS.name(), Nesting::List, tag::attributes())
            .computed()
            .describe(
                "The tags on the connector, sorted by name, with all details that the API key can \
                 see.",
            ),
        schema::meta(),
        OPTIONS_JSON.attribute().computed().describe(
            "All options of the connector as the API returns them: JSON text with sorted keys, to \
             decode with `jsondecode`. For a type that this provider does not know, the options \
             are only here. Onomondo never returns secrets, so they are not included. Everything \
             else is stored in state in plain text.",
        ),
    ];
    let variants = variants::ALL.map(variant);
    [kind].into_iter().chain(variants).chain(rest)
}

/// A variant without its secrets.
fn variant(variant: &'static Variant) -> Attribute {
    let attributes = variant.shown_attributes();
    let mut description = variant.purpose().to_owned();
    if attributes.is_empty() {
        description.push_str(" Its only option is a secret, so this object has no attributes.");
    }
    Attribute::nested(variant.name(), Nesting::Single, attributes)
        .read_only()
        .describe(description)
}
