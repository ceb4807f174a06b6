//! Properties of the codec. `tests/codec.rs` compares it with bytes that go-cty wrote.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::protocol::{DecodeErrorKind, Number, Type, Value, json};

fn types() -> impl Strategy<Value = Type> {
    let leaf = prop_oneof![
        Just(Type::String),
        Just(Type::Number),
        Just(Type::Bool),
        Just(Type::Dynamic),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|ty| Type::List(ty.into())),
            inner.clone().prop_map(|ty| Type::Set(ty.into())),
            inner.clone().prop_map(|ty| Type::Map(ty.into())),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Type::Tuple),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..3).prop_map(Type::Object),
        ]
    })
}

fn values(ty: Type) -> BoxedStrategy<Value> {
    let known = match ty {
        Type::String => any::<String>().prop_map(Value::from).boxed(),
        Type::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Type::Number => numbers().prop_map(Value::Number).boxed(),
        Type::List(element) => prop::collection::vec(values(*element), 0..4)
            .prop_map(Value::List)
            .boxed(),
        Type::Set(element) => prop::collection::vec(values(*element), 0..4)
            .prop_map(Value::set)
            .boxed(),
        Type::Map(element) => prop::collection::btree_map(any::<String>(), values(*element), 0..4)
            .prop_map(|members| {
                // Decoding normalizes keys as well as strings.
                let normalized = |key: String| match Value::from(key) {
                    Value::String(key) => key,
                    _ => String::new(),
                };
                Value::Map(
                    members
                        .into_iter()
                        .map(|(k, v)| (normalized(k), v))
                        .collect(),
                )
            })
            .boxed(),
        Type::Tuple(types) => types
            .into_iter()
            .map(values)
            .collect::<Vec<_>>()
            .prop_map(Value::List)
            .boxed(),
        Type::Object(attributes) => {
            let (names, types): (Vec<_>, Vec<_>) = attributes.into_iter().unzip();
            types
                .into_iter()
                .map(values)
                .collect::<Vec<_>>()
                .prop_map(move |values| Value::Map(names.iter().cloned().zip(values).collect()))
                .boxed()
        }
        Type::Dynamic => prop_oneof![
            any::<bool>().prop_map(|bool| Value::Dynamic(Type::Bool, Box::new(bool.into()))),
            Just(Value::Dynamic(Type::String, Box::new(Value::Null))),
        ]
        .boxed(),
    };
    prop_oneof![8 => known, 1 => Just(Value::Null), 1 => Just(Value::Unknown)].boxed()
}

fn numbers() -> impl Strategy<Value = Number> {
    prop_oneof![
        any::<i64>().prop_map(Number::from),
        any::<u64>().prop_map(|integer| Number::from(i128::from(integer))),
        any::<f64>().prop_filter_map("NaN is no number", Number::from_f64),
        "-?[0-9]{1,40}(\\.[0-9]{1,40})?".prop_map(|text| text.parse().unwrap()),
    ]
}

fn typed_values() -> impl Strategy<Value = (Type, Value)> {
    types().prop_flat_map(|ty| (Just(ty.clone()), values(ty)))
}

proptest! {
    #[test]
    fn encoding_then_decoding_returns_an_equal_value((ty, value) in typed_values()) {
        let bytes = encode(&value, &ty).unwrap();
        prop_assert_eq!(decode(&bytes, &ty).unwrap(), value);
    }

    #[test]
    fn any_bytes_are_a_value_or_an_error(ty in types(), bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let _ = decode(&bytes, &ty);
    }

    #[test]
    fn damaged_bytes_are_a_value_or_an_error(
        (ty, value) in typed_values(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = encode(&value, &ty).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = decode(&bytes, &ty);
        bytes.truncate(at);
        prop_assert!(decode(&bytes, &ty).is_err());
    }

    #[test]
    fn any_json_is_a_value_or_an_error(ty in types(), text in "[\\[\\]{}\",:0-9a-z.-]{0,40}") {
        let _ = json::decode(text.as_bytes(), &ty);
    }
}

fn kind(bytes: &[u8], ty: &Type) -> DecodeErrorKind {
    decode(bytes, ty).unwrap_err().kind
}

#[test]
fn an_impossible_length_is_refused_before_memory_is_allocated() {
    let list = Type::List(Type::Bool.into());
    assert_eq!(
        kind(&[0xdd, 0xff, 0xff, 0xff, 0xff], &list),
        DecodeErrorKind::CutOff
    );
    let map = Type::Map(Type::Bool.into());
    assert_eq!(
        kind(&[0xdf, 0xff, 0xff, 0xff, 0xff], &map),
        DecodeErrorKind::CutOff
    );
    assert_eq!(
        kind(&[0xdb, 0xff, 0xff, 0xff, 0xff], &Type::String),
        DecodeErrorKind::CutOff
    );
}

#[test]
fn a_dynamic_value_that_nests_forever_is_refused() {
    // Each level declares a dynamic value with a dynamic type.
    let level = [&[0x92, 0xc4, 9][..], br#""dynamic""#].concat();
    let bytes = level.repeat(10_000);
    assert_eq!(kind(&bytes, &Type::Dynamic), DecodeErrorKind::TooDeep);
}

#[test]
fn an_object_has_exactly_its_attributes() {
    let object = Type::Object(BTreeMap::from([("a".to_owned(), Type::Bool)]));
    assert_eq!(
        kind(&[0x80], &object),
        DecodeErrorKind::MissingAttribute("a".into())
    );
    assert_eq!(
        kind(&[0x81, 0xa1, b'b', 0xc3], &object),
        DecodeErrorKind::UnknownAttribute("b".into())
    );
}

#[test]
fn an_error_says_where() {
    let list = Type::Object(BTreeMap::from([(
        "a".to_owned(),
        Type::List(Type::Bool.into()),
    )]));
    let error = decode(&[0x81, 0xa1, b'a', 0x92, 0xc3, 1], &list).unwrap_err();
    assert_eq!(error.to_string(), "expected a bool, got a number at `a[1]`");
}

#[test]
fn refinements_are_bounded_and_otherwise_ignored() {
    // Terraform 1.6 and later send "not null" in this form.
    assert_eq!(
        decode(&[0xc7, 3, 12, 0x81, 1, 0xc2], &Type::String).unwrap(),
        Value::Unknown
    );
    assert_eq!(
        kind(&[0xd5, 3, 0, 0], &Type::String),
        DecodeErrorKind::BadRefinement
    );
    let long = [&[0xc8, 0x04, 0x01, 12][..], &[0x80; 1025]].concat();
    assert_eq!(kind(&long, &Type::String), DecodeErrorKind::BadRefinement);
}

#[test]
fn a_value_of_another_type_is_the_provider_s_mistake_and_says_where() {
    let ty = Type::Object(BTreeMap::from([("port".to_owned(), Type::Number)]));
    let error = encode(&Value::object([("port", "443".into())]), &ty).unwrap_err();
    assert_eq!(
        (error.path.as_str(), error.expected),
        ("the value.port", "number")
    );
}
