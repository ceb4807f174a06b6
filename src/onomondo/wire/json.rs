//! Parses JSON, even if it contains unpaired surrogates.
//!
//! JSON can contain half a surrogate pair, for example if a text was cut in the middle of an emoji.
//! No Rust string can hold that. One such text, possibly of someone else, must not make the whole
//! list unreadable.

use serde_json::Value;

use crate::onomondo::BodyProblem;

/// Parses a body as JSON. Invalid characters become U+FFFD.
pub(in crate::onomondo) fn read(body: &[u8]) -> Result<Value, BodyProblem> {
    let strict = serde_json::from_slice(body);
    let read = strict.or_else(|error| {
        // This does not turn other bodies into JSON. They keep their own error.
        serde_json::from_slice(&with_whole_characters(body)).map_err(|_| error)
    });
    read.map_err(|error| BodyProblem::NotJson {
        line: error.line(),
        column: error.column(),
    })
}

/// The body with U+FFFD in place of half surrogate pairs and of bytes that are not UTF-8.
fn with_whole_characters(body: &[u8]) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(body).into_owned().into_bytes();
    let mut position = 0;
    while position < text.len() {
        let rest = &text[position..];
        if rest[0] != b'\\' {
            position += 1;
            continue;
        }
        match (escaped_unit(rest), rest.get(6..).and_then(escaped_unit)) {
            (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => position += 12,
            (Some(0xD800..0xE000), _) => {
                text[position + 2..position + 6].copy_from_slice(b"fffd");
                position += 6;
            }
            // Every other escape is one character after the backslash, even an escaped backslash.
            _ => position += 2,
        }
    }
    text
}

/// The UTF-16 unit of an escape `\uXXXX` at the start of a text.
fn escaped_unit(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit * 16 + u16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn half_a_surrogate_pair_is_a_replacement_character() {
        for (text, expected) in [
            (r#""cut \ud83d""#, "cut \u{fffd}"),
            (r#""\uD83Dx""#, "\u{fffd}x"),
            (r#""\udc00""#, "\u{fffd}"),
            (r#""\udc00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ud83d\n""#, "\u{fffd}\n"),
            // The backslash is escaped, so the rest is plain text.
            (
                r#""\ud800 \\ud83d \\\ud83d""#,
                "\u{fffd} \\ud83d \\\u{fffd}",
            ),
        ] {
            assert_eq!(read(text.as_bytes()), Ok(json!(expected)), "{text}");
        }
        let name = r#"[{"\ud83d":1}]"#;
        assert_eq!(read(name.as_bytes()), Ok(json!([{ "\u{fffd}": 1 }])));
        assert_eq!(read(b"\"\xff\""), Ok(json!("\u{fffd}")));
    }

    #[test]
    fn invalid_json_stays_an_error_with_its_place() {
        for text in [
            "",
            "<html>",
            r#"["\ud83d"#,
            r#""\ud83""#,
            r#""\u""#,
            "[1,\n]",
            "\"\\",
        ] {
            let strict = serde_json::from_str::<Value>(text).unwrap_err();
            let (line, column) = (strict.line(), strict.column());
            let error = BodyProblem::NotJson { line, column };
            assert_eq!(read(text.as_bytes()), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_that_serde_accepts_is_read_alike(text in any::<String>()) {
            let written = serde_json::to_vec(&text).unwrap_or_default();
            prop_assert_eq!(with_whole_characters(&written), written.clone());
            prop_assert_eq!(read(&written), Ok(json!(text)));
        }

        /// JSON can contain any sequence of UTF-16 units. The result must equal that of a UTF-16
        /// decoder.
        #[test]
        fn any_utf_16_is_read(units in prop::collection::vec(
            prop_oneof![any::<u16>(), 0xD800..0xE000u16], 0..20,
        )) {
            let escapes: Vec<_> = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let escapes = escapes.concat();
            let text = String::from_utf16_lossy(&units);
            prop_assert_eq!(read(format!("\"{escapes}\"").as_bytes()), Ok(json!(text)));
        }

        #[test]
        fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
            let _ = read(&bytes);
        }
    }
}
