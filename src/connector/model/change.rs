//! The changes that an update makes in the API, as far as they are known.

use super::{Object, passthrough, tags};
use crate::{
    connector::variants::{Choice, VariantObject},
    protocol::Given,
};

/// Whether state and plan differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Differs {
    No,
    Yes,
    /// The value is known after apply, and may differ then.
    Unknown,
}

/// The differences. Another spelling of the same value does not count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) name: Differs,
    pub(crate) kind: Differs,
    /// The variant has other values, or is another variant.
    pub(crate) options: Differs,
    pub(crate) tags: Differs,
    pub(crate) passthrough: Differs,
}

impl Change {
    /// Compares a state with a plan.
    pub(crate) fn between(prior: &Object<'_>, planned: &Object<'_>) -> Self {
        let kind = kind(prior, planned);
        Self {
            name: differs(&prior.name, &planned.name),
            kind,
            options: options(kind, prior, planned),
            tags: sets_differ(&prior.tags, &planned.tags, |one, other| {
                tags::are_same(one, other)
            }),
            passthrough: sets_differ(&prior.passthrough, &planned.passthrough, |one, other| {
                passthrough::are_same(one, other)
            }),
        }
    }
}

impl Differs {
    /// Whether the values certainly differ.
    pub(crate) fn is_certain(self) -> bool {
        self == Self::Yes
    }
}

impl From<bool> for Differs {
    fn from(differs: bool) -> Self {
        if differs { Self::Yes } else { Self::No }
    }
}

fn differs<T: PartialEq>(prior: &Given<T>, planned: &Given<T>) -> Differs {
    match planned {
        Given::Unknown => Differs::Unknown,
        planned => (planned != prior).into(),
    }
}

/// Null and empty are the same.
fn sets_differ<T>(
    prior: &Given<Vec<T>>,
    planned: &Given<Vec<T>>,
    are_same: impl Fn(&[T], &[T]) -> bool,
) -> Differs {
    match (elements(prior), elements(planned)) {
        (_, None) => Differs::Unknown,
        (None, _) => Differs::Yes,
        (Some(prior), Some(planned)) => (!are_same(prior, planned)).into(),
    }
}

fn elements<T>(given: &Given<Vec<T>>) -> Option<&[T]> {
    match given {
        Given::Null => Some(&[]),
        Given::Known(elements) => Some(elements),
        Given::Unknown => None,
    }
}

fn kind(prior: &Object<'_>, planned: &Object<'_>) -> Differs {
    match planned.variant {
        Choice::Set(VariantObject { variant, .. }) => {
            (prior.kind != Given::Known(variant.name())).into()
        }
        Choice::Missing => Differs::No,
        Choice::Undecided => Differs::Unknown,
    }
}

fn options(kind: Differs, prior: &Object<'_>, planned: &Object<'_>) -> Differs {
    match planned.variant {
        Choice::Set(VariantObject { variant, object }) if kind == Differs::No => {
            variant.differs(prior.of_variant(variant), object).into()
        }
        Choice::Set(_) | Choice::Missing | Choice::Undecided => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Value;

    /// A TLS connector with changed attributes.
    fn tls(changes: &[(&str, Value)]) -> Value {
        let mut tls = Value::object([
            ("host", "a.example".into()),
            ("port", 443.into()),
            ("server_name", "a.example".into()),
            ("ca", Value::Null),
            ("cert", "certificate".into()),
            ("key", "key".into()),
        ]);
        for (name, value) in changes {
            tls.insert(name, value.clone());
        }
        tls
    }

    fn connector(changes: &[(&str, Value)]) -> Value {
        let mut connector = Value::object([
            ("name", "fleet".into()),
            ("type", "tls".into()),
            ("tls", tls(&[])),
            (
                "tags",
                Value::set(["a5023f47-1db8-425e-b664-dc0b8921f644".into()]),
            ),
            ("passthrough", Value::set([])),
        ]);
        for (name, value) in changes {
            connector.insert(name, value.clone());
        }
        connector
    }

    /// The names of the differences that these changes make.
    fn changed(changes: &[(&str, Value)]) -> Vec<&'static str> {
        let (prior, planned) = (connector(&[]), connector(changes));
        let change = Change::between(&Object::of(&prior), &Object::of(&planned));
        let all = [
            ("name", change.name),
            ("type", change.kind),
            ("options", change.options),
            ("tags", change.tags),
            ("passthrough", change.passthrough),
        ];
        let certain = all.into_iter().filter(|(_, differs)| differs.is_certain());
        let names: Vec<_> = certain.map(|(name, _)| name).collect();
        names
    }

    #[test]
    fn only_real_changes_are_reported() {
        let rule = Value::object([("protocol", "icmp".into())]);
        let https = Value::object([("host", "https://a.example".into())]);
        for (changes, expected) in [
            (vec![], vec![]),
            (
                vec![("timeouts", Value::object([("read", "1m".into())]))],
                vec![],
            ),
            (vec![("name", "fleet-2".into())], vec!["name"]),
            (vec![("tags", Value::set([]))], vec!["tags"]),
            (
                vec![("passthrough", Value::set([rule]))],
                vec!["passthrough"],
            ),
            (vec![("tls", tls(&[("port", 444.into())]))], vec!["options"]),
            (
                vec![("tls", tls(&[("key", "another key".into())]))],
                vec!["options"],
            ),
            (
                vec![("tls", Value::Null), ("https", https)],
                vec!["type", "options"],
            ),
        ] {
            assert_eq!(changed(&changes), expected, "{changes:?}");
        }
    }

    #[test]
    fn a_secret_that_leaves_the_configuration_is_not_unset() {
        assert_eq!(changed(&[("tls", tls(&[("key", Value::Null)]))]), [""; 0]);
        let both = tls(&[("key", Value::Null), ("cert", Value::Null)]);
        assert_eq!(changed(&[("tls", both)]), [""; 0]);
    }

    #[test]
    fn another_spelling_is_not_a_change() {
        let tags = Value::set(["A5023F47-1DB8-425E-B664-DC0B8921F644".into()]);
        assert_eq!(
            changed(&[("tags", tags), ("passthrough", Value::Null)]),
            [""; 0]
        );
    }

    #[test]
    fn an_unknown_value_may_differ() {
        let (prior, planned) = (connector(&[]), connector(&[("name", Value::Unknown)]));
        let change = Change::between(&Object::of(&prior), &Object::of(&planned));
        assert_eq!(change.name, Differs::Unknown);
    }
}
