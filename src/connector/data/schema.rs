//! The attributes of a connector in a data source, and what the documentation says of them.

use super::super::schema;
use crate::{
    messages::tag,
    onomondo::Kind,
    protocol::{Attribute, Nesting, Type},
};

/// All but `name`.
pub(super) fn beside_name() -> impl Iterator<Item = Attribute> {
    let kind = Attribute::string("type").computed().describe(
        "Type of the connector: `https`, `tls`, `aws_iot_core`, `microsoft_azure_iot`, or one that \
         this provider does not know, since Onomondo has types in beta.",
    );
    let rest = [
        schema::passthrough()
            .read_only()
            .describe("Traffic that goes round the connector."),
        Attribute::plain("tags", Type::Set(Type::String.into()))
            .computed()
            .describe("IDs of the tags on the connector: UUIDs, in lower case."),
        Attribute::nested("tag_details", Nesting::List, tag::attributes())
            .computed()
            .describe("The tags on the connector with all that Onomondo tells the API key of them, sorted by name."),
        schema::meta(),
        Attribute::string("options_json").computed().describe(
            "All options of the connector in the API's own words: JSON text with sorted keys, to be \
             read with `jsondecode`. For a type that this provider does not know they are only here. \
             Secrets are not among them, since Onomondo never returns one; all else is stored in the \
             state in clear.",
        ),
    ];
    [kind].into_iter().chain(Kind::ALL.map(variant)).chain(rest)
}

/// A variant without its secrets.
fn variant(kind: Kind) -> Attribute {
    let description = match kind {
        Kind::MicrosoftAzureIot => {
            "Sends the traffic to Azure IoT Hub. Its one option is a secret, so this has no attributes."
        }
        _ => schema::purpose(kind),
    };
    Attribute::nested(kind.as_str(), Nesting::Single, schema::shown(kind))
        .read_only()
        .describe(description)
}
