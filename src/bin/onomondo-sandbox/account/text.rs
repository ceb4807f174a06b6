//! What a body holds that no Rust string can.

use axum::body::Bytes;
use serde_json::Value;

/// Stands for half a surrogate pair in the name of a tag, say: no Rust string can hold one, JSON can.
const HALF_A_PAIR: char = '\u{ffff}';

/// A body as it is sent.
pub(crate) fn text(body: &Value) -> Bytes {
    let text = body.to_string();
    if text.contains(HALF_A_PAIR) {
        return text.replace(HALF_A_PAIR, r"\ud83d").into();
    }
    text.into()
}
