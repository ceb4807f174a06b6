//! Members of JSON objects whose names mark them as secret: in a whole body, in a body that is cut
//! off, and in JSON inside a string of another body.

use std::{ops::Range, sync::LazyLock};

use regex_lite::Regex;

/// A name and the start of its text. All quotes of an object have the same escapes.
static MEMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(\\*)"([A-Za-z0-9_.-]{2,40})(\\*)"\s*:\s*(\\*)""#).ok());

/// Endings of names that are secret in any body, in lower case and without separators such as
/// hyphens.
const SECRET: [&str; 10] = [
    "authorization",
    "apikey",
    "accesskey",
    "connectionstring",
    "cookie",
    "password",
    "privatekey",
    "secret",
    "signature",
    "token",
];

/// The ranges with the values of such members, or of members named in `names`.
pub(super) fn find(text: &str, names: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut position = 0;
    while let Some(member) = MEMBER
        .as_ref()
        .and_then(|it| it.captures_at(text, position))
    {
        let group = |index| member.get(index).map_or("", |group| group.as_str());
        let start = member.get(0).map_or(text.len(), |whole| whole.end());
        let quotes = [group(1), group(3), group(4)];
        position = start;
        if quotes == [quotes[0]; 3] && is_secret(group(2), names) {
            let end = end_of_text(text, start, quotes[0].len());
            found.extend((end > start).then_some(start..end));
            position = end;
        }
    }
    found
}

fn is_secret(name: &str, names: &[&str]) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain = letters.collect::<String>().to_ascii_lowercase();
    names.contains(&name) || SECRET.iter().any(|end| plain.ends_with(end))
}

/// The end of a text whose quotes have this many backslashes. Inside the text, a quote has twice as
/// many and one more. A backslash at the end of the text adds as many as its escapes have.
fn end_of_text(text: &str, start: usize, backslashes: usize) -> usize {
    let mut before = 0_usize;
    for (position, byte) in text.bytes().enumerate().skip(start) {
        let more = before.checked_sub(backslashes);
        let ends = more.is_none_or(|more| more.is_multiple_of(2 * (backslashes + 1)));
        match byte {
            b'"' if ends => return position - before.min(backslashes),
            b'\\' => before += 1,
            _ => before = 0,
        }
    }
    text.len()
}
