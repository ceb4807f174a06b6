//! Generates the configuration that a person would write for an existing connector.
//!
//! The CLI writes every attribute, null or not, except computed attributes that are null here. So
//! this turns empty sets and defaults into null. Otherwise, the CLI would write them, and an empty
//! `tags` would remove any tag that someone adds later. The CLI always writes null for the other
//! variants and for `timeouts`.

use crate::{
    connector::{
        model::attributes::{META, PASSTHROUGH, TAGS, TYPE},
        variants,
    },
    protocol::{Given, Value},
};

/// The configuration of a connector with this state. Its plan shows no change.
pub(crate) fn generate_config(state: Value) -> Value {
    let mut config = state;
    // Only the provider sets these attributes.
    TYPE.set(&mut config, Value::Null);
    META.set(&mut config, Value::Null);
    for field in [PASSTHROUGH, TAGS] {
        if field.of(&config) == Given::Known(&[]) {
            field.set(&mut config, Value::Null);
        }
    }
    for variant in variants::ALL {
        if let Some(object) = variant.field().value_mut(&mut config) {
            variant.leave_out_defaults(object);
        }
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_and_empty_sets_are_omitted() {
        let https = [
            ("host", "https://a.example".into()),
            ("should_return_body", false.into()),
        ];
        let state = Value::object([
            ("name", "fleet".into()),
            ("type", "https".into()),
            ("https", Value::object(https)),
            ("passthrough", Value::set([])),
            ("tags", Value::set([])),
            ("meta", Value::object([])),
        ]);
        let expected = Value::object([
            ("name", "fleet".into()),
            ("type", Value::Null),
            (
                "https",
                Value::object([
                    ("host", "https://a.example".into()),
                    ("should_return_body", Value::Null),
                ]),
            ),
            ("passthrough", Value::Null),
            ("tags", Value::Null),
            ("meta", Value::Null),
        ]);
        assert_eq!(generate_config(state), expected);
    }

    #[test]
    fn other_values_are_kept() {
        let state = Value::object([
            (
                "https",
                Value::object([("should_return_body", true.into())]),
            ),
            (
                "passthrough",
                Value::set([Value::object([("protocol", "icmp".into())])]),
            ),
            (
                "tags",
                Value::set(["a5023f47-1db8-425e-b664-dc0b8921f644".into()]),
            ),
        ]);
        let mut expected = state.clone();
        expected.insert("type", Value::Null);
        expected.insert("meta", Value::Null);
        assert_eq!(generate_config(state), expected);
    }
}
