//! The variant of a plan as the API's `options`, and the other way round.

use serde_json::{Map, Value as Json};

use super::{
    same,
    secrets::{self, Secret},
};
use crate::{
    onomondo::{Kind, Options, port},
    protocol::Value,
};

/// How one attribute of a variant stands in the API's `options`.
struct Field {
    attribute: &'static str,
    member: &'static str,
    form: Form,
}

enum Form {
    /// A text, and when two of them mean the same.
    Text(fn(&str, &str) -> bool),
    Port,
    /// A boolean that is false where the API leaves it out.
    Flag,
}

const fn field(attribute: &'static str, member: &'static str, form: Form) -> Field {
    Field {
        attribute,
        member,
        form,
    }
}

const HTTPS: &[Field] = &[
    field("host", "host", Form::Text(same::url)),
    field("should_return_body", "shouldReturnBody", Form::Flag),
];

const TLS: &[Field] = &[
    field("host", "host", Form::Text(same::host)),
    field("port", "port", Form::Port),
    field("server_name", "server_name", Form::Text(same::host)),
];

const AWS_IOT_CORE: &[Field] = &[
    field("region", "region", Form::Text(same::text)),
    field("role", "role", Form::Text(same::text)),
    field("publish_topic", "publishTopic", Form::Text(same::text)),
    field("subscribe_topic", "subscribeTopic", Form::Text(same::text)),
    field(
        "default_protocol",
        "defaultProtocol",
        Form::Text(same::text),
    ),
    field("default_port", "defaultPort", Form::Port),
];

/// The attributes of a variant that the API shows.
fn shown(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Https => HTTPS,
        Kind::Tls => TLS,
        Kind::AwsIotCore => AWS_IOT_CORE,
        Kind::MicrosoftAzureIot => &[],
    }
}

/// The attribute of a variant for a member of the API's `options`.
pub(super) fn attribute(kind: Kind, member: &str) -> Option<&'static str> {
    let shown = shown(kind)
        .iter()
        .map(|field| (field.member, field.attribute));
    let secrets = secrets::of(kind).iter();
    let mut all = shown.chain(secrets.map(|secret| (secret.member, secret.attribute)));
    all.find(|(name, _)| *name == member)
        .map(|(_, attribute)| attribute)
}

/// The whole options of a planned variant, with the secrets that its configuration has.
pub(super) fn to_api(kind: Kind, variant: &Value, config: &Value) -> Options {
    let text = |name| variant.get(name).as_str().unwrap_or_default().to_owned();
    let port = |name| port_of(variant.get(name)).unwrap_or_default();
    let secret = |attribute| {
        let mut secrets = secrets::of(kind).iter();
        let secret = secrets.find(|secret| secret.attribute == attribute)?;
        secret.value(config)
    };
    match kind {
        Kind::Https => Options::Https {
            host: text("host"),
            should_return_body: variant
                .get("should_return_body")
                .as_bool()
                .unwrap_or_default(),
        },
        Kind::Tls => Options::Tls {
            host: text("host"),
            port: port("port"),
            server_name: text("server_name"),
            ca: secret("ca"),
            cert: secret("cert"),
            key: secret("key"),
        },
        Kind::AwsIotCore => Options::AwsIotCore {
            region: text("region"),
            role: text("role"),
            publish_topic: text("publish_topic"),
            subscribe_topic: text("subscribe_topic"),
            default_protocol: text("default_protocol"),
            default_port: port("default_port"),
        },
        Kind::MicrosoftAzureIot => Options::MicrosoftAzureIot {
            connection_string: secret("connection_string"),
        },
    }
}

/// The variant that the API shows, in the spelling of the prior variant where both mean the same.
/// Secrets are the prior ones: nobody else has them. So is what the API leaves out, since that
/// tells nothing.
pub(super) fn from_api(kind: Kind, options: &Map<String, Json>, prior: &Value) -> Value {
    let secrets = secrets::of(kind).iter().flat_map(Secret::traces);
    let secrets = secrets.map(|name| (name, prior.get(name).clone()));
    Value::object(shown_by_api(kind, options, prior).chain(secrets))
}

/// The same without the secrets.
pub(super) fn shown_by_api<'a>(
    kind: Kind,
    options: &'a Map<String, Json>,
    prior: &'a Value,
) -> impl Iterator<Item = (&'static str, Value)> + 'a {
    shown(kind).iter().map(|field| {
        let (before, now) = (prior.get(field.attribute), options.get(field.member));
        (
            field.attribute,
            field.form.read(now.unwrap_or(&Json::Null), before),
        )
    })
}

/// Keeps the prior spelling in a planned variant wherever it means what the configuration says.
pub(super) fn keep_spelling(kind: Kind, planned: &mut Value, prior: &Value) {
    for Field {
        attribute, form, ..
    } in shown(kind)
    {
        let before = prior.get(attribute);
        if let (Form::Text(same), Some(planned)) = (form, planned.get_mut(attribute))
            && let (Some(one), Some(other)) = (planned.as_str(), before.as_str())
            && same(one, other)
        {
            *planned = before.clone();
        }
    }
}

impl Form {
    fn read(&self, now: &Json, before: &Value) -> Value {
        match self {
            Self::Text(same) => match (now.as_str(), before.as_str()) {
                (Some(now), Some(before)) if same(now, before) => before.into(),
                (Some(now), _) => now.into(),
                (None, _) => before.clone(),
            },
            Self::Port => match port(now) {
                Some(port) => i64::from(port).into(),
                None => before.clone(),
            },
            Self::Flag => now.as_bool().unwrap_or_default().into(),
        }
    }
}

/// A port number, where the value is one.
pub(super) fn port_of(value: &Value) -> Option<u16> {
    value.as_i64()?.try_into().ok()
}
