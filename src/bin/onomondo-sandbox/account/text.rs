//! Text in a body that no Rust string can hold.

use axum::body::Bytes;
use serde_json::Value;

/// Stands for half a surrogate pair, in the name of a tag for example. JSON can hold one.
const HALF_A_PAIR: char = '\u{ffff}';

/// The bytes of a body.
pub(crate) fn text(body: &Value) -> Bytes {
    let text = body.to_string();
    if text.contains(HALF_A_PAIR) {
        return text.replace(HALF_A_PAIR, r"\ud83d").into();
    }
    text.into()
}
