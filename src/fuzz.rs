//! What no bytes may do to the provider, whoever sends them. Not part of what is shipped.
//!
//! Each function below takes any bytes at all and panics where a promise is broken. `make fuzz` feeds
//! them with what a fuzzer makes up (`fuzz/`), and the tests here with the inputs that are checked in:
//! typical ones, and those that once broke a promise.

#![allow(
    clippy::missing_panics_doc,
    reason = "to panic is what all of it is for"
)]

use std::{collections::BTreeMap, sync::LazyLock};

use secrecy::{ExposeSecret as _, SecretString};

use crate::{
    connector::{self, ConnectorResource, ConnectorsDataSource},
    onomondo::{self, Redactor},
    plugin,
    protocol::{
        DataSource, Diagnostics, IdentitySchema, ManagedResource, MoveSource, Type, Validate,
        Value, json, msgpack,
    },
};

/// Panics where a promise is broken for these bytes.
#[cfg(test)]
type Promise = fn(&[u8]);

/// All of them, by the folders of their inputs.
#[cfg(test)]
const ALL: [(&str, Promise); 7] = [
    ("answer", answer),
    ("configuration", configuration),
    ("environment", environment),
    ("json", json),
    ("msgpack", msgpack),
    ("redacted", redacted),
    ("type_json", type_json),
];

static CONNECTOR: LazyLock<ConnectorResource> = LazyLock::new(ConnectorResource::new);
static CONNECTORS: LazyLock<ConnectorsDataSource> = LazyLock::new(ConnectorsDataSource::default);

/// A value from the CLI. The first byte chooses its type.
pub fn msgpack(bytes: &[u8]) {
    let (ty, bytes) = typed(bytes);
    if let Ok(value) = msgpack::decode(bytes, ty) {
        assert_eq!(sent(&value, ty), value);
    }
}

/// A value in JSON, stored state or the state of another provider. The first byte chooses its type.
pub fn json(bytes: &[u8]) {
    let (ty, text) = typed(bytes);
    let read = [json::decode(text, ty), json::decode_stored(text, ty)];
    for value in read.iter().flatten() {
        assert_eq!(sent(value, ty), *value);
    }
    let Ok(state) = serde_json::from_slice::<serde_json::Value>(text) else {
        return;
    };
    for (provider, type_name) in [
        ("restapi", "restapi_object"),
        ("restful", "restful_resource"),
    ] {
        let source = MoveSource {
            provider_address: format!("registry.example/someone/{provider}"),
            type_name: type_name.to_owned(),
            state: state.clone(),
        };
        if let Ok(taken) = CONNECTOR.move_state(&source) {
            sent(&taken.state, CONNECTOR.schema().ty());
            sent(&taken.identity, identity().ty());
        }
    }
}

/// A type, as it stands in front of a dynamic value.
pub fn type_json(bytes: &[u8]) {
    if let Ok(ty) = Type::from_json(bytes) {
        assert_eq!(Type::from_json(&ty.to_json()), Ok(ty));
    }
}

/// An answer of the API: one header's value as far as the first zero byte, if there is one, and a
/// body. Whatever it is, state and identity of a connector in it can be stored, to read it again
/// changes nothing, and no error shows the API key.
pub fn answer(bytes: &[u8]) {
    let key = SecretString::from("onok_12345678.abcdefghijklmnopqrstuvwx");
    let (header, body) = match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (&[][..], bytes),
    };
    let redactor = Redactor::new(connector::secret_members());
    redactor.learn(&key);
    let read = onomondo::fuzz::answer(header, body, &connector::vocabulary(), &redactor);
    let (connectors, errors) = read;
    for error in errors {
        let text = error.to_string();
        assert!(!text.contains(key.expose_secret()), "{text}");
    }
    for connector in connectors {
        let once = connector::fuzz::read(&connector, Value::object([]), body);
        sent(&once.state, CONNECTOR.schema().ty());
        sent(&once.identity, identity().ty());
        let twice = connector::fuzz::read(&connector, once.state.clone(), &once.private);
        assert_eq!(twice, once);
    }
}

/// A secret, as far as the first zero byte, and a text that may have it: no sixteen characters of a
/// secret are shown, whatever is around them.
pub fn redacted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (secret, text) = text.split_once('\0').unwrap_or((&text, &text));
    let redactor = Redactor::new(connector::secret_members());
    redactor.learn(&SecretString::from(secret));
    let shown = onomondo::fuzz::redacted(text, &redactor);
    // Of a secret with a structure only parts are secret, and an escape may be a part of one or not.
    let is_plain = |character: char| character.is_ascii_alphanumeric();
    if secret.len() >= 16 && secret.chars().all(is_plain) && !text.contains(['\\', '%']) {
        for piece in secret.as_bytes().windows(16) {
            let piece = String::from_utf8_lossy(piece);
            assert!(!shown.contains(&*piece), "{shown}");
        }
    }
}

/// A text of a user, in place of every string of a configuration: PEM, connection strings, URLs,
/// names, patterns.
pub fn configuration(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut said = Diagnostics::default();
    CONNECTOR.validate(
        &Validate {
            config: filled(CONNECTOR.schema().ty(), &text),
            write_only_allowed: true,
        },
        &mut said,
    );
    CONNECTORS.validate(&filled(CONNECTORS.schema().ty(), &text), &mut said);
    // A terminal would obey them.
    let is_control = |character: char| character.is_control() && character != '\n';
    for diagnostic in said.iter() {
        assert!(!diagnostic.summary.contains(is_control), "{diagnostic:?}");
        assert!(!diagnostic.detail.contains(is_control), "{diagnostic:?}");
    }
}

/// What the variables of the handshake could be set to, separated by zero bytes.
pub fn environment(bytes: &[u8]) {
    plugin::fuzz::environment(bytes);
}

fn identity() -> &'static IdentitySchema {
    CONNECTOR
        .identity()
        .unwrap_or_else(|| unreachable!("it has one"))
}

/// A type of the schemas, or any.
fn typed(bytes: &[u8]) -> (&'static Type, &[u8]) {
    let (choice, bytes) = bytes.split_first().unwrap_or((&0, &[]));
    let ty = match choice % 4 {
        0 => &Type::Dynamic,
        1 => CONNECTOR.schema().ty(),
        2 => identity().ty(),
        _ => CONNECTORS.schema().ty(),
    };
    (ty, bytes)
}

/// The value as the CLI would have it: what was read, or made by the provider, can be written, and
/// what was written can be read.
fn sent(value: &Value, ty: &Type) -> Value {
    let written = msgpack::encode(value, ty);
    assert!(written.is_ok(), "{written:?}");
    let read = msgpack::decode(&written.unwrap_or_default(), ty);
    assert!(read.is_ok(), "{read:?}");
    read.unwrap_or_default()
}

/// A value in which every string is this one.
fn filled(ty: &Type, text: &str) -> Value {
    match ty {
        Type::String => text.into(),
        Type::Number => 1.into(),
        Type::Bool => true.into(),
        Type::List(element) => Value::List(vec![filled(element, text)]),
        Type::Set(element) => Value::set([filled(element, text)]),
        Type::Map(element) => {
            Value::Map(BTreeMap::from([(text.to_owned(), filled(element, text))]))
        }
        Type::Object(attributes) => {
            let attributes = attributes.iter();
            Value::Map(
                attributes
                    .map(|(name, ty)| (name.clone(), filled(ty, text)))
                    .collect(),
            )
        }
        Type::Tuple(elements) => Value::List(elements.iter().map(|ty| filled(ty, text)).collect()),
        Type::Dynamic => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    #[test]
    fn no_input_that_is_checked_in_breaks_a_promise() {
        for (name, promise) in ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("fuzz/corpus")
                .join(name);
            let mut inputs = 0;
            for input in fs::read_dir(&folder).unwrap() {
                let path = input.unwrap().path();
                // Shown only if the test fails: which input it was.
                println!("{}", path.display());
                promise(&fs::read(path).unwrap());
                inputs += 1;
            }
            assert!(inputs > 5, "{} is nearly empty", folder.display());
        }
    }
}
