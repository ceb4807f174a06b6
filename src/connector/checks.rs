//! Checks that several attributes share.

use std::ops::RangeInclusive;

use uuid::Uuid;

use crate::protocol::{AttributePath, Diagnostics, Value};

pub(super) use crate::messages::invalid::{invalid, not_empty, not_null, quoted};

/// Whether a text is the ID of a tag: a UUID in the form with hyphens, the only one the API knows.
pub(super) fn is_tag_id(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// A port: a whole number in a range.
pub(super) fn port(
    value: &Value,
    path: &AttributePath,
    range: RangeInclusive<i64>,
    diagnostics: &mut Diagnostics,
) {
    let Some(number) = value.as_number() else {
        return;
    };
    if !number
        .to_i64()
        .is_some_and(|number| range.contains(&number))
    {
        let (least, most) = range.into_inner();
        let detail = format!(
            "`{path}` is `{number:.40}`. It must be a whole number from {least} to {most}."
        );
        diagnostics.push(invalid(path, detail));
    }
}

/// One of a few words.
pub(super) fn one_of(
    value: &Value,
    path: &AttributePath,
    allowed: &[&str],
    diagnostics: &mut Diagnostics,
) {
    if let Some(given) = value.as_str().filter(|given| !allowed.contains(given)) {
        let allowed = allowed
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>();
        let detail = format!(
            "`{path}` is {given:?}. It must be {}.",
            allowed.join(" or ")
        );
        diagnostics.push(invalid(path, detail));
    }
}
