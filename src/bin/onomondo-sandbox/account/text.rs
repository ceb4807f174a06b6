//! Text in a body that no Rust string can hold.

use axum::body::Bytes;
use serde_json::Value;

/// Stands for an unpaired surrogate, for example in the name of a tag. JSON can contain one.
const HALF_A_PAIR: char = '\u{ffff}';

/// The bytes of a body.
pub(crate) fn text(body: &Value) -> Bytes {
    let text = body.to_string();
    if text.contains(HALF_A_PAIR) {
        return text.replace(HALF_A_PAIR, r"\ud83d").into();
    }
    text.into()
}
