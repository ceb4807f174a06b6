//! `name`.

use crate::{
    connector::model::attributes::NAME,
    messages::invalid::{invalid, quoted},
    protocol::{Diagnostics, Given},
};

/// The API's own pattern: `^[-_a-zA-Z0-9]{3,255}$`.
pub(crate) fn name(given: Given<&str>, diagnostics: &mut Diagnostics) {
    let Given::Known(name) = given else {
        return;
    };
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.chars().all(allowed) || !(3..=255).contains(&name.len()) {
        let detail = format!(
            "`name` is {}. It must have 3 to 255 characters: the letters `a` to `z` and `A` to \
             `Z`, digits, `-`, and `_`.",
            quoted(name)
        );
        diagnostics.push(invalid(&[NAME.name()].into(), detail));
    }
}
