//! `tags`: the IDs of the tags on a connector.

use std::collections::BTreeSet;

use crate::{
    onomondo::Connector,
    protocol::{Given, Value},
};

/// Parses the set. Skips null, which validation refuses.
pub(super) fn parse(given: Given<&[Value]>) -> Given<Vec<&str>> {
    match given {
        Given::Known(tags) if tags.iter().any(Value::is_unknown) => Given::Unknown,
        given => given.map(|tags| tags.iter().filter_map(Value::as_str).collect()),
    }
}

/// Whether both lists have the same tags, in any letter case of the UUIDs. Null and empty are the
/// same.
pub(crate) fn are_same(one: &[&str], other: &[&str]) -> bool {
    let set = |tags: &[&str]| -> BTreeSet<String> {
        tags.iter().map(|tag| tag.to_ascii_lowercase()).collect()
    };
    set(one) == set(other)
}

/// Converts the tags for the API. Two spellings of one tag become one.
pub(super) fn to_api(tags: &[&str]) -> Vec<String> {
    let mut sent = BTreeSet::new();
    let mut tags = tags.to_vec();
    tags.retain(|tag| sent.insert(tag.to_ascii_lowercase()));
    tags.into_iter().map(str::to_owned).collect()
}

/// Converts the API's tags.
pub(super) fn from_api(connector: &Connector) -> Value {
    Value::set(connector.tags.iter().map(|tag| tag.id.as_str().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_without_order_and_case() {
        let one = ["A5023F47-1DB8-425E-B664-DC0B8921F644"];
        let other = ["a5023f47-1db8-425e-b664-dc0b8921f644"];
        assert!(are_same(&one, &other));
        assert!(!are_same(&one, &[]));
    }

    #[test]
    fn a_tag_in_two_spellings_is_sent_once() {
        let tag = "a5023f47-1db8-425e-b664-dc0b8921f644";
        assert_eq!(to_api(&[&tag.to_uppercase(), tag]).len(), 1);
    }

    #[test]
    fn a_set_with_an_unknown_tag_is_not_known() {
        let tags = [
            Value::Unknown,
            "a5023f47-1db8-425e-b664-dc0b8921f644".into(),
        ];
        assert!(parse(Given::Known(&tags)).is_unknown());
    }
}
