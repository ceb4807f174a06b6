//! Base64 that contains a secret, for example in a repeated header.

use std::ops::Range;

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::plain::Plain;

/// Fewer characters cannot hold a whole piece of a secret.
const SHORTEST: usize = 22;

/// Ignores leftover bits at the end of a sequence.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The ranges of a text that are base64 of a secret. Each line is checked by itself.
pub(super) fn find(text: &str, is_secret: impl Fn(&Plain) -> bool) -> Vec<Range<usize>> {
    let in_alphabet = |it: char| it.is_ascii_alphanumeric() || "+/-_".contains(it);
    let runs = text.split(|it| !in_alphabet(it));
    let long = runs.filter(|run| run.len() >= SHORTEST);
    let secret = long.filter(|run| {
        let standard = run.replace('-', "+").replace('_', "/");
        // Other letters may precede the base64, so it can start at any position.
        let decoded = (0..4).filter_map(|start| decoded(&standard[start..]));
        decoded
            .map(|inside| Plain::of(&inside))
            .any(|inside| is_secret(&inside))
    });
    secret
        .map(|run| {
            let start = run.as_ptr().addr() - text.as_ptr().addr();
            start..start + run.len()
        })
        .collect()
}

/// The decoded text. Bytes that are not text are not a secret.
fn decoded(encoded: &str) -> Option<String> {
    let whole = encoded.len() - encoded.len() % 4;
    let bytes = BASE64.decode(&encoded[..whole]).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
