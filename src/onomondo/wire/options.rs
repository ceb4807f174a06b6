//! What a connector needs to reach its cloud, as it is sent.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Map, Value};

/// The four documented types of connector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One POST of JSON a packet.
    Https,
    /// A TLS connection a device.
    Tls,
    /// Messages to AWS IoT Core.
    AwsIotCore,
    /// Messages to Azure IoT Hub.
    MicrosoftAzureIot,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Https,
        Self::Tls,
        Self::AwsIotCore,
        Self::MicrosoftAzureIot,
    ];

    /// The API's word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Tls => "tls",
            Self::AwsIotCore => "aws_iot_core",
            Self::MicrosoftAzureIot => "microsoft_azure_iot",
        }
    }

    /// The type with this word; `None` for the beta types, which are not documented.
    #[must_use]
    pub fn from_api(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The members of `options` that the API never shows, and that are the keys of `meta`.
    #[must_use]
    pub fn secrets(self) -> &'static [&'static str] {
        match self {
            Self::Https | Self::AwsIotCore => &[],
            Self::Tls => &["ca", "cert", "key"],
            Self::MicrosoftAzureIot => &["connectionString"],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The options of one connector. A secret that is `None` is not sent.
#[derive(Clone)]
pub enum Options {
    /// `https`.
    Https {
        /// The whole URL that is posted to.
        host: String,
        /// Whether the answer's body goes back to the device.
        should_return_body: bool,
    },
    /// `tls`.
    Tls {
        /// An IP address or a host name.
        host: String,
        /// From 1.
        port: u16,
        /// The name for TLS SNI.
        server_name: String,
        /// Certificates that the server's is checked against, PEM.
        ca: Option<SecretString>,
        /// The client certificate, PEM.
        cert: Option<SecretString>,
        /// The client certificate's private key, PEM.
        key: Option<SecretString>,
    },
    /// `aws_iot_core`.
    AwsIotCore {
        /// Such as `eu-west-1`.
        region: String,
        /// The ARN of the IAM role that Onomondo assumes.
        role: String,
        /// The MQTT topic that device messages go to.
        publish_topic: String,
        /// The MQTT topic that messages to devices come from.
        subscribe_topic: String,
        /// `tcp` or `udp`.
        default_protocol: String,
        /// From 1.
        default_port: u16,
    },
    /// `microsoft_azure_iot`.
    MicrosoftAzureIot {
        /// The connection string of the IoT Hub.
        connection_string: Option<SecretString>,
    },
}

impl Options {
    /// Which type these are the options of.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Https { .. } => Kind::Https,
            Self::Tls { .. } => Kind::Tls,
            Self::AwsIotCore { .. } => Kind::AwsIotCore,
            Self::MicrosoftAzureIot { .. } => Kind::MicrosoftAzureIot,
        }
    }

    /// The members without the secrets, as the API shows them.
    pub(in crate::onomondo) fn shown(&self) -> Map<String, Value> {
        let members: Vec<(&str, Value)> = match self {
            Self::Https {
                host,
                should_return_body,
            } => vec![
                ("host", host.as_str().into()),
                ("shouldReturnBody", (*should_return_body).into()),
            ],
            Self::Tls {
                host,
                port,
                server_name,
                ..
            } => vec![
                ("host", host.as_str().into()),
                ("port", (*port).into()),
                ("server_name", server_name.as_str().into()),
            ],
            Self::AwsIotCore {
                region,
                role,
                publish_topic,
                subscribe_topic,
                default_protocol,
                default_port,
            } => vec![
                ("region", region.as_str().into()),
                ("role", role.as_str().into()),
                ("publishTopic", publish_topic.as_str().into()),
                ("subscribeTopic", subscribe_topic.as_str().into()),
                ("defaultProtocol", default_protocol.as_str().into()),
                ("defaultPort", (*default_port).into()),
            ],
            Self::MicrosoftAzureIot { .. } => Vec::new(),
        };
        members
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// The secrets that are sent, by the API's names.
    pub(in crate::onomondo) fn secrets(
        &self,
    ) -> impl Iterator<Item = (&'static str, &SecretString)> {
        let secrets = match self {
            Self::Https { .. } | Self::AwsIotCore { .. } => [None, None, None],
            Self::Tls { ca, cert, key, .. } => [
                ca.as_ref().map(|ca| ("ca", ca)),
                cert.as_ref().map(|cert| ("cert", cert)),
                key.as_ref().map(|key| ("key", key)),
            ],
            Self::MicrosoftAzureIot { connection_string } => [
                connection_string
                    .as_ref()
                    .map(|given| ("connectionString", given)),
                None,
                None,
            ],
        };
        secrets.into_iter().flatten()
    }

    /// All members that are sent, secrets included: only ever the body of a request.
    pub(in crate::onomondo) fn to_json(&self) -> Map<String, Value> {
        let mut members = self.shown();
        for (name, secret) in self.secrets() {
            members.insert(name.to_owned(), secret.expose_secret().into());
        }
        members
    }
}

impl fmt::Debug for Options {
    /// Shows the type alone: `host` of an HTTPS connector often carries a token.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Options({})", self.kind())
    }
}
