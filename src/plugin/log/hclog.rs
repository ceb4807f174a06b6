//! The JSON line that go-plugin parses: `@message`, `@level`, `@timestamp` and `@module`, then the
//! fields. All four are strings. Terraform panics if one of the first three is not.

use serde_json::{Map, Value};
use tracing::Level;

use super::Entry;

/// The longest line that go-plugin reads as one, including its end. It would log the pieces of a
/// longer line as plain text.
const LIMIT: usize = 64 * 1024;
/// Marks where a text was cut.
const MARK: &str = "… (cut)";

/// The whole line, including its end.
pub(super) fn line(entry: &Entry) -> String {
    let mut object = entry.fields.clone();
    let own = [
        ("@timestamp", entry.timestamp.as_str()),
        ("@level", level(entry.level)),
        ("@module", entry.module.as_str()),
        ("@message", entry.message.as_str()),
    ];
    for (key, value) in own {
        object.insert(key.to_owned(), value.into());
    }
    within_limit(object)
}

fn level(level: Level) -> &'static str {
    match level {
        Level::ERROR => "error",
        Level::WARN => "warn",
        Level::INFO => "info",
        Level::DEBUG => "debug",
        Level::TRACE => "trace",
    }
}

/// Encodes the object and cuts its longest texts until the line fits. If the line is too long
/// because it has too many fields, drops them.
fn within_limit(mut object: Map<String, Value>) -> String {
    loop {
        let line = format!("{}\n", Value::Object(object.clone()));
        let Some(excess) = line.len().checked_sub(LIMIT + 1).map(|rest| rest + 1) else {
            return line;
        };
        if !cut_longest(&mut object, excess) {
            object.retain(|key, _| key.starts_with('@'));
        }
    }
}

/// Cuts `excess` bytes from the longest text. Returns whether that text was long enough to cut.
fn cut_longest(object: &mut Map<String, Value>, excess: usize) -> bool {
    let texts = object.values_mut().filter_map(|value| match value {
        Value::String(text) => Some(text),
        _ => None,
    });
    let Some(longest) = texts.max_by_key(|text| text.len()) else {
        return false;
    };
    let keep = longest.len().saturating_sub(excess + MARK.len());
    let shortest_worth_it = 4 * MARK.len();
    if longest.len() <= shortest_worth_it {
        return false;
    }
    longest.truncate(longest.floor_char_boundary(keep));
    longest.push_str(MARK);
    true
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(message: String, fields: &Value) -> Entry {
        Entry {
            timestamp: "2026-01-02T03:04:05.000006Z".to_owned(),
            level: Level::WARN,
            module: "acme".to_owned(),
            message,
            fields: fields.as_object().unwrap().clone(),
        }
    }

    #[test]
    fn a_message_stays_on_one_line_and_never_looks_like_a_panic() {
        let line = line(&entry("first\npanic: second".to_owned(), &json!({"n": 1})));
        assert_eq!(
            line,
            "{\"@level\":\"warn\",\"@message\":\"first\\npanic: second\",\"@module\":\"acme\",\
             \"@timestamp\":\"2026-01-02T03:04:05.000006Z\",\"n\":1}\n"
        );
    }

    #[test]
    fn a_line_that_just_fits_is_left_alone() {
        let empty = line(&entry(String::new(), &json!({}))).len();
        let fits = "x".repeat(LIMIT - empty);
        let whole = line(&entry(fits.clone(), &json!({})));
        assert_eq!(whole.len(), LIMIT);
        assert!(whole.contains(&fits));
        let cut = line(&entry(fits + "x", &json!({})));
        assert!(cut.len() <= LIMIT && cut.contains(MARK));
    }

    #[test]
    fn a_text_that_is_too_long_is_cut_at_a_character_and_marked() {
        let message = "é\n".repeat(LIMIT);
        let line = line(&entry(
            message,
            &json!({"body": "\u{1}".repeat(LIMIT), "id": "kept"}),
        ));
        assert!(line.len() <= LIMIT, "{}", line.len());
        let value: Value = serde_json::from_str(&line).unwrap();
        assert!(value["@message"].as_str().unwrap().ends_with(MARK));
        assert!(value["body"].as_str().unwrap().ends_with(MARK));
        assert_eq!(value["id"], "kept");
    }

    #[test]
    fn too_many_fields_are_left_out() {
        let fields: Map<_, _> = (0..LIMIT).map(|n| (n.to_string(), n.into())).collect();
        let line = line(&entry("kept".to_owned(), &Value::Object(fields)));
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["@message"], "kept");
        assert_eq!(value.as_object().unwrap().len(), 4);
    }
}
