//! Promises that the provider keeps for any input bytes. Not part of a release.
//!
//! Each function below accepts any bytes and panics if a promise is broken. `make fuzz` runs them
//! on inputs from a fuzzer (`fuzz/`). The tests here run them on the inputs in the repository:
//! typical ones, and those that once broke a promise.

#![allow(
    clippy::missing_panics_doc,
    reason = "these functions panic if a promise is broken"
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

/// Panics if these bytes break a promise.
#[cfg(test)]
type Promise = fn(&[u8]);

/// All promises, with the folders of their inputs.
#[cfg(test)]
const ALL: [(&str, Promise); 8] = [
    ("answer", answer),
    ("configuration", configuration),
    ("environment", environment),
    ("json", json),
    ("msgpack", msgpack),
    ("network", network),
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

/// A value in JSON: stored state, or the state of another provider. The first byte chooses its
/// type.
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

/// A type, as it precedes a dynamic value.
pub fn type_json(bytes: &[u8]) {
    if let Ok(ty) = Type::from_json(bytes) {
        assert_eq!(Type::from_json(&ty.to_json()), Ok(ty));
    }
}

/// An answer of the API: the value of a header up to the first zero byte, if there is one, then a
/// body. For any answer, the provider can store the state and identity of its connectors. Reading
/// one again changes nothing. No error shows the API key.
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

/// A secret up to the first zero byte, then a text that may contain it. The redacted text shows no
/// sixteen consecutive characters of the secret.
pub fn redacted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (secret, text) = text.split_once('\0').unwrap_or((&text, &text));
    let redactor = Redactor::new(connector::secret_members());
    redactor.learn(&SecretString::from(secret));
    let shown = onomondo::fuzz::redacted(text, &redactor);
    // Only parts of a structured secret are secret. It is not certain whether an escape belongs to
    // such a part.
    let is_plain = |character: char| character.is_ascii_alphanumeric();
    if secret.len() >= 16 && secret.chars().all(is_plain) && !text.contains(['\\', '%']) {
        for piece in secret.as_bytes().windows(16) {
            let piece = String::from_utf8_lossy(piece);
            assert!(!shown.contains(&*piece), "{shown}");
        }
    }
}

/// A text that replaces every string of a configuration: PEM, connection strings, URLs, names,
/// patterns.
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
    // A terminal would interpret control characters.
    let is_control = |character: char| character.is_control() && character != '\n';
    for diagnostic in said.iter() {
        assert!(!diagnostic.summary.contains(is_control), "{diagnostic:?}");
        assert!(!diagnostic.detail.contains(is_control), "{diagnostic:?}");
    }
}

/// Values of the handshake's environment variables, separated by zero bytes.
pub fn environment(bytes: &[u8]) {
    plugin::fuzz::environment(bytes);
}

/// The network settings of a machine: `/etc/resolv.conf`, the URL of a proxy and its exceptions,
/// separated by zero bytes.
pub fn network(bytes: &[u8]) {
    // On other systems, the system resolves names.
    #[cfg(target_os = "linux")]
    onomondo::fuzz::network(bytes);
    #[cfg(not(target_os = "linux"))]
    let _ = bytes;
}

fn identity() -> &'static IdentitySchema {
    CONNECTOR
        .identity()
        .unwrap_or_else(|| unreachable!("it has one"))
}

/// Chooses a type: one from the schemas, or any type.
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

/// Sends the value to the CLI and back. The provider can encode every value that it decoded or
/// made, and decode it again.
fn sent(value: &Value, ty: &Type) -> Value {
    let written = msgpack::encode(value, ty);
    assert!(written.is_ok(), "{written:?}");
    let read = msgpack::decode(&written.unwrap_or_default(), ty);
    assert!(read.is_ok(), "{read:?}");
    read.unwrap_or_default()
}

/// Makes a value of the type, in which every string is `text`.
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
    fn no_input_in_the_repository_breaks_a_promise() {
        for (name, promise) in ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("fuzz/corpus")
                .join(name);
            let mut inputs = 0;
            for input in fs::read_dir(&folder).unwrap() {
                let path = input.unwrap().path();
                // The test harness prints this only for a failed test. It names the input.
                println!("{}", path.display());
                promise(&fs::read(path).unwrap());
                inputs += 1;
            }
            assert!(inputs > 5, "{} is nearly empty", folder.display());
        }
    }
}
