//! Compares the codec with go-cty, which the CLIs use. `data/cty/README.md` says how the data was
//! made.
// Tests report failures by panicking. Clippy allows that only in `#[test]` functions.
#![allow(clippy::panic, clippy::unwrap_used)]

use onomondo_provider::protocol::{Type, Value, json, msgpack};
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(rename = "type")]
    ty: Json,
    value: Json,
    msgpack: String,
    /// Bytes that go-cty reads but never writes.
    decode_only: bool,
    json: Option<String>,
}

impl Case {
    fn ty(&self) -> Type {
        Type::from_json(self.ty.to_string().as_bytes()).unwrap()
    }

    fn value(&self) -> Value {
        value(&self.value)
    }

    fn msgpack(&self) -> Vec<u8> {
        let digits = self.msgpack.as_bytes().chunks(2);
        digits
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }
}

fn cases() -> Vec<Case> {
    let cases: Vec<Case> = serde_json::from_str(include_str!("data/cty/golden.json")).unwrap();
    assert!(cases.len() > 100, "the data is cut off");
    cases
}

/// Converts the data's description of a value.
fn value(description: &Json) -> Value {
    let Json::Object(object) = description else {
        assert!(description.is_null(), "{description}");
        return Value::Null;
    };
    let (kind, content) = object.iter().next().unwrap();
    let elements = || content.as_array().unwrap().iter().map(value);
    match kind.as_str() {
        "unknown" => Value::Unknown,
        "bool" => content.as_bool().unwrap().into(),
        "string" => content.as_str().unwrap().into(),
        "number" => match content.as_str().unwrap() {
            "inf" => Value::Number("+Inf".parse().unwrap()),
            number => Value::Number(number.replace("-inf", "-Inf").parse().unwrap()),
        },
        "list" => Value::List(elements().collect()),
        "set" => Value::set(elements()),
        "map" => {
            let members = content.as_object().unwrap().iter();
            Value::Map(
                members
                    .map(|(key, member)| (key.clone(), value(member)))
                    .collect(),
            )
        }
        "dynamic" => {
            let ty = Type::from_json(content["type"].to_string().as_bytes()).unwrap();
            Value::Dynamic(ty, Box::new(value(&content["value"])))
        }
        other => panic!("the data has a value of kind {other}"),
    }
}

#[test]
fn reads_every_byte_sequence_as_go_cty_does() {
    for case in cases() {
        let read = msgpack::decode(&case.msgpack(), &case.ty());
        assert_eq!(read.as_ref(), Ok(&case.value()), "{}", case.name);
    }
}

#[test]
fn writes_every_value_as_go_cty_does() {
    // Refinements are read but not written back. The order of a set is not part of the contract,
    // and go-cty orders some types by an internal hash.
    let comparable = |case: &Case| !case.decode_only && !case.ty.to_string().contains("\"set\"");
    for case in cases().into_iter().filter(comparable) {
        let written = msgpack::encode(&case.value(), &case.ty()).unwrap();
        if case.value().is_wholly_known() {
            assert_eq!(written, case.msgpack(), "{}", case.name);
        } else {
            let read = msgpack::decode(&written, &case.ty());
            assert_eq!(read.as_ref(), Ok(&case.value()), "{}", case.name);
        }
    }
}

#[test]
fn reads_state_json_as_go_cty_writes_it() {
    for case in cases() {
        if let Some(text) = &case.json {
            let read = json::decode(text.as_bytes(), &case.ty());
            assert_eq!(read.as_ref(), Ok(&case.value()), "{}", case.name);
        }
    }
}
