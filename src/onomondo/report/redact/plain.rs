//! A text without its escapes, with the original range of each byte.

use std::ops::Range;

/// A text without the escapes of JSON and URLs, even nested ones.
#[derive(Default)]
pub(super) struct Plain {
    pub(super) text: String,
    /// The original range of each byte of `text`.
    origins: Vec<Range<usize>>,
}

impl Plain {
    pub(super) fn of(source: &str) -> Self {
        let mut plain = Self {
            text: String::with_capacity(source.len()),
            origins: Vec::with_capacity(source.len()),
        };
        let mut rest = source;
        while let Some((character, length)) = first(rest) {
            let start = source.len() - rest.len();
            if let Some(character) = character {
                plain.push(character, start..start + length);
                while plain.unescape_percent() {}
            }
            rest = &rest[length..];
        }
        plain
    }

    /// The original range of a part of `text`.
    pub(super) fn origin(&self, part: Range<usize>) -> Range<usize> {
        match self.origins.get(part) {
            Some([first, .., last]) => first.start..last.end,
            Some([only]) => only.clone(),
            _ => 0..0,
        }
    }

    /// The bytes of `text` without white space, with their positions.
    pub(super) fn compact(&self) -> (Vec<u8>, Vec<usize>) {
        let dark = self
            .text
            .char_indices()
            .filter(|(_, it)| !it.is_whitespace());
        let places = dark.flat_map(|(place, character)| place..place + character.len_utf8());
        let bytes = self.text.as_bytes();
        places.map(|place| (bytes[place], place)).unzip()
    }

    fn push(&mut self, character: char, origin: Range<usize>) {
        self.text.push(character);
        self.origins.resize(self.text.len(), origin);
    }

    /// Unescapes a final sequence such as `%2B`. Returns whether there was one.
    fn unescape_percent(&mut self) -> bool {
        let start = self.text.len().saturating_sub(3);
        let Some(digits) = self.text.get(start..).and_then(|it| it.strip_prefix('%')) else {
            return false;
        };
        let Some(character) = escaped(digits) else {
            return false;
        };
        let origin = self.origin(start..start + 3);
        self.text.truncate(start);
        self.origins.truncate(start);
        self.push(character, origin);
        true
    }
}

/// The first character of a text and its length. The character is `None` if it only escapes the
/// next one.
fn first(text: &str) -> Option<(Option<char>, usize)> {
    let first = text.chars().next()?;
    if first != '\\' {
        return Some((Some(first), first.len_utf8()));
    }
    let rest = text.trim_start_matches('\\');
    let backslashes = text.len() - rest.len();
    Some(match rest.as_bytes().first() {
        Some(b'n') => (Some('\n'), backslashes + 1),
        Some(b'r') => (Some('\r'), backslashes + 1),
        Some(b't') => (Some('\t'), backslashes + 1),
        Some(b'u') if rest.get(1..5).is_some_and(is_hexadecimal) => {
            let character = escaped(&rest[1..5]);
            (
                character.or(Some(char::REPLACEMENT_CHARACTER)),
                backslashes + 5,
            )
        }
        _ => (None, backslashes),
    })
}

fn is_hexadecimal(digits: &str) -> bool {
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The character of a hexadecimal code, unless it would end a secret: an escaped character inside a
/// secret does not end it. A space becomes a no-break space for that reason.
fn escaped(code: &str) -> Option<char> {
    let character = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    if character.is_ascii_whitespace() {
        return Some('\u{a0}');
    }
    let is_harmless = character.is_ascii_graphic() && !"\"'`<>\\".contains(character);
    is_harmless.then_some(character)
}
