//! The log line that a developer reads in the terminal of `--debug`.

use std::fmt::Write as _;

use serde_json::Value;

use super::Entry;

/// Formats the whole entry. Later lines of a message are indented, so that none of them looks like
/// a panic.
pub(super) fn line(entry: &Entry) -> String {
    let Entry {
        timestamp,
        level,
        module,
        message,
        fields,
    } = entry;
    let message = message.replace('\n', "\n    ");
    let mut line = format!("{timestamp} {level:>5} {module}: {message}");
    for (name, value) in fields {
        let _ = match value {
            // A text keeps its quotes unless it is a single word.
            Value::String(text) if is_one_word(text) => write!(line, " {name}={text}"),
            value => write!(line, " {name}={value}"),
        };
    }
    line.push('\n');
    line
}

fn is_one_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|character| {
            !character.is_whitespace() && !character.is_control() && character != '"'
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tracing::Level;

    use super::*;

    #[test]
    fn only_the_first_line_starts_at_the_margin() {
        let fields = json!({"id": "a1", "tries": 2, "why": "too\nslow"});
        let entry = Entry {
            timestamp: "2026-01-02T03:04:05.000006Z".to_owned(),
            level: Level::INFO,
            module: "acme.client".to_owned(),
            message: "sent\npanic: not one".to_owned(),
            fields: fields.as_object().unwrap().clone(),
        };
        assert_eq!(
            line(&entry),
            "2026-01-02T03:04:05.000006Z  INFO acme.client: sent\n    panic: not one \
             id=a1 tries=2 why=\"too\\nslow\"\n"
        );
    }
}
