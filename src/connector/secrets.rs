//! The secrets of each variant, and the attributes that carry them.

use secrecy::SecretString;

use crate::{onomondo::Kind, protocol::Value};

/// A value that Onomondo takes and never returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Secret {
    /// Its name in the API's `options` and `meta`.
    pub(super) member: &'static str,
    /// The attribute whose value is in the state; also its name in `meta` and to the user.
    pub(super) attribute: &'static str,
    /// The attributes that keep the value out of the state, where there are any.
    pub(super) write_only: Option<WriteOnly>,
}

/// A write-only attribute and the version that stands for it in plan and state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WriteOnly {
    pub(super) value: &'static str,
    pub(super) version: &'static str,
}

const TLS: [Secret; 3] = [
    Secret {
        member: "ca",
        attribute: "ca",
        write_only: None,
    },
    Secret {
        member: "cert",
        attribute: "cert",
        write_only: None,
    },
    Secret {
        member: "key",
        attribute: "key",
        write_only: Some(WriteOnly {
            value: "key_wo",
            version: "key_wo_version",
        }),
    },
];

const MICROSOFT_AZURE_IOT: [Secret; 1] = [Secret {
    member: "connectionString",
    attribute: "connection_string",
    write_only: Some(WriteOnly {
        value: "connection_string_wo",
        version: "connection_string_wo_version",
    }),
}];

/// The secrets of a type.
pub(super) fn of(kind: Kind) -> &'static [Secret] {
    match kind {
        Kind::Https | Kind::AwsIotCore => &[],
        Kind::Tls => &TLS,
        Kind::MicrosoftAzureIot => &MICROSOFT_AZURE_IOT,
    }
}

impl Secret {
    /// What the configuration of the variant has for it, in whichever attribute.
    pub(super) fn configured<'a>(&self, config: &'a Value) -> &'a Value {
        match (config.get(self.attribute), self.write_only) {
            (Value::Null, Some(write_only)) => config.get(write_only.value),
            (value, _) => value,
        }
    }

    /// The value to send.
    pub(super) fn value(&self, config: &Value) -> Option<SecretString> {
        self.configured(config).as_str().map(SecretString::from)
    }

    /// Whether the state of the variant says that the configuration has this secret.
    pub(super) fn is_managed(&self, state: &Value) -> bool {
        self.traces().any(|name| !state.get(name).is_null())
    }

    /// Forgets in the state that it was sent: the next plan shows it and sends it again.
    pub(super) fn forget(&self, state: &mut Value) {
        for name in self.traces() {
            state.insert(name, Value::Null);
        }
    }

    /// The attributes that tell of it in a state.
    pub(super) fn traces(&self) -> impl Iterator<Item = &'static str> {
        let version = self.write_only.map(|write_only| write_only.version);
        [self.attribute].into_iter().chain(version)
    }
}
