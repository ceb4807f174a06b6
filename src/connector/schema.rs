//! The attributes, and what the documentation says of them.

use crate::{
    onomondo::Kind,
    protocol::{Attribute, IdentitySchema, Nesting, Schema, Type},
};

pub(super) fn identity() -> IdentitySchema {
    IdentitySchema::new(vec![("name", "Name of the connector.")])
}

pub(super) fn schema() -> Schema {
    Schema::new(
        "An Onomondo Connector: a pipe that carries the traffic of the devices whose SIMs are \
         mapped to it to one destination. Set exactly one of `https`, `tls`, `aws_iot_core` and \
         `microsoft_azure_iot`. The Connectors API is part of Onomondo's Enterprise package.",
        vec![
            Attribute::string("name").optional().computed().describe(
                "Name of the connector, by which SIMs and the API refer to it: 3 to 255 letters, \
                 digits, `-` and `_`. Left out, Onomondo picks one. A change renames the connector \
                 in place.",
            ),
            Attribute::string("type").computed().describe(
                "Type of the connector, from the variant that is set: `https`, `tls`, \
                 `aws_iot_core` or `microsoft_azure_iot`.",
            ),
            variant(Kind::Https),
            variant(Kind::Tls),
            variant(Kind::AwsIotCore),
            variant(Kind::MicrosoftAzureIot),
            passthrough(),
            Attribute::plain("tags", Type::Set(Type::String.into()))
                .optional()
                .computed()
                .describe(
                    "IDs (UUIDs) of the tags on the connector. Left out, the connector keeps the \
                     tags it has; `[]` removes all. An API key that is limited by tags loses sight \
                     of a connector without one of them.",
                ),
            meta(),
            timeouts(),
        ],
    )
}

/// The attribute of a variant.
fn variant(kind: Kind) -> Attribute {
    let attributes = shown(kind).into_iter().chain(secrets(kind)).collect();
    Attribute::nested(kind.as_str(), Nesting::Single, attributes)
        .optional()
        .describe(purpose(kind))
}

/// What a connector of this type is for.
pub(super) fn purpose(kind: Kind) -> &'static str {
    match kind {
        Kind::Https => "Sends the traffic to an HTTPS endpoint, one `POST` of JSON a packet.",
        Kind::Tls => "Connects the devices' TCP sockets to a TLS server, in both directions.",
        Kind::AwsIotCore => "Sends the traffic to AWS IoT Core.",
        Kind::MicrosoftAzureIot => "Sends the traffic to Azure IoT Hub.",
    }
}

/// The attributes of a variant that Onomondo shows.
pub(super) fn shown(kind: Kind) -> Vec<Attribute> {
    let required = |attribute: Attribute, description| attribute.required().describe(description);
    let text = |name, description| required(Attribute::string(name), description);
    let number = |name, description| required(Attribute::number(name), description);
    match kind {
        Kind::Https => vec![
            text(
                "host",
                "URL that the traffic is posted to; `https` only. It is stored in the state in \
                 clear, a key in its query included.",
            ),
            Attribute::bool("should_return_body").optional().computed().describe(
                "Whether the body of the endpoint's answer is returned to the device. Defaults to \
                 `false`.",
            ),
        ],
        Kind::Tls => vec![
            text("host", "Host name or IP address of the server."),
            number("port", "Port of the server, 1 to 65535."),
            text(
                "server_name",
                "Server name that is sent in the TLS handshake (SNI).",
            ),
        ],
        Kind::AwsIotCore => vec![
            text("region", "AWS region of IoT Core, such as `eu-west-1`."),
            text("role", "ARN of the IAM role that Onomondo assumes."),
            text(
                "publish_topic",
                "MQTT topic that the devices' messages are published to.",
            ),
            text(
                "subscribe_topic",
                "MQTT topic whose messages are delivered to the devices.",
            ),
            text(
                "default_protocol",
                "Protocol of connections to the devices: `tcp` or `udp`.",
            ),
            number(
                "default_port",
                "Port of connections to the devices, 1 to 65535.",
            ),
        ],
        Kind::MicrosoftAzureIot => Vec::new(),
    }
}

/// The attributes of a variant that carry what Onomondo never shows.
fn secrets(kind: Kind) -> Vec<Attribute> {
    match kind {
        Kind::Https | Kind::AwsIotCore => Vec::new(),
        Kind::Tls => vec![
            secret(
                "ca",
                "Certificates in PEM that the server's certificate is checked against. Stored in \
                 the state; Onomondo never returns it.",
            ),
            secret(
                "cert",
                "Client certificate in PEM. Stored in the state; Onomondo never returns it.",
            ),
            secret(
                "key",
                "Private key of the client certificate in PEM. Stored in the state; Onomondo never \
                 returns it.",
            ),
            secret(
                "key_wo",
                "The same as `key`, never stored in a plan or a state. Needs Terraform or OpenTofu \
                 1.11.",
            )
            .write_only(),
            version(
                "key_wo_version",
                "Version of `key_wo`. A changed number sends `key_wo`. Left out, the provider raises \
                 it when the value changes.",
            ),
        ],
        Kind::MicrosoftAzureIot => vec![
            secret(
                "connection_string",
                "Connection string of the IoT Hub. This or `connection_string_wo` is needed to \
                 create the connector. Stored in the state; Onomondo never returns it.",
            ),
            secret(
                "connection_string_wo",
                "The same as `connection_string`, never stored in a plan or a state. Needs Terraform \
                 or OpenTofu 1.11.",
            )
            .write_only(),
            version(
                "connection_string_wo_version",
                "Version of `connection_string_wo`. A changed number sends it. Left out, the \
                 provider raises it when the value changes.",
            ),
        ],
    }
}

fn secret(name: &'static str, description: &'static str) -> Attribute {
    Attribute::string(name)
        .optional()
        .sensitive()
        .describe(description)
}

fn version(name: &'static str, description: &'static str) -> Attribute {
    Attribute::number(name)
        .optional()
        .computed()
        .describe(description)
}

pub(super) fn passthrough() -> Attribute {
    Attribute::nested(
        "passthrough",
        Nesting::Set,
        vec![
            Attribute::string("protocol")
                .required()
                .describe("`tcp`, `udp` or `icmp`."),
            Attribute::string("ip")
                .optional()
                .describe("Destination address; any address without it."),
            Attribute::number("port")
                .optional()
                .describe("Destination port, 0 to 65535; any port without it. Not with `icmp`."),
        ],
    )
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
pub(super) fn meta() -> Attribute {
    let secret = [
        ("is_set".to_owned(), Type::Bool),
        ("last_updated_at".to_owned(), Type::String),
    ];
    let secrets = Type::Map(Type::Object(secret.into()).into());
    Attribute::plain("meta", secrets).computed().describe(
        "What Onomondo tells of the connector's secrets, by the name of the secret (`ca`, `cert`, `key` \
         or `connection_string`): whether it is set, and when it was last changed, in RFC 3339.",
    )
}

fn timeouts() -> Attribute {
    let duration = |name, description| Attribute::string(name).optional().describe(description);
    Attribute::nested(
        "timeouts",
        Nesting::Single,
        vec![
            duration(
                "create",
                "How long a create may take: a duration such as `30s`, `5m` or `1h30m`.",
            ),
            duration("read", "How long a read may take."),
            duration("update", "How long an update may take."),
            duration(
                "delete",
                "How long a delete may take; it counts once it is applied. With it, a delete waits until \
                 no SIM is mapped to the connector.",
            ),
        ],
    )
    .optional()
    .describe("How long each operation may take, retries included. Left out: no limit.")
}
