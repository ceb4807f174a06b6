//! An entry in the list of connectors, which may be unreadable.

use serde_json::Value;

use super::decode;
use crate::onomondo::{BodyProblem, Connector, Vocabulary};

/// A connector, or an unreadable entry.
pub(in crate::onomondo) type Entry = Result<Connector, OddEntry>;

/// An unreadable entry. It affects only callers that need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OddEntry {
    /// `None` if it has no name. It may then be any connector.
    pub name: Option<String>,
    /// The fault in the entry.
    pub problem: BodyProblem,
}

/// Decodes an entry. `place` identifies it if it has no name.
pub(in crate::onomondo) fn read(entry: &Value, place: &str, vocabulary: &Vocabulary) -> Entry {
    let name = entry.get("name").and_then(Value::as_str);
    let name = name.filter(|name| !name.is_empty()).map(str::to_owned);
    let place = if name.is_some() { "" } else { place };
    decode::connector(entry, place, vocabulary).map_err(|problem| OddEntry { name, problem })
}

/// The name that identifies an entry.
pub(in crate::onomondo) fn name(entry: &Entry) -> Option<&str> {
    match entry {
        Ok(connector) => Some(&connector.name),
        Err(odd) => odd.name.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::onomondo::OptionForm;

    #[test]
    fn an_entry_that_cannot_be_read_keeps_its_name() {
        let vocabulary = Vocabulary {
            types: [("tls", vec![("port", OptionForm::Port)])].into(),
        };
        for (entry, name, problem) in [
            (
                json!({ "name": "a", "type": "tls", "meta": { "version": 3 } }),
                Some("a"),
                "`meta.version` is a number instead of an object",
            ),
            (
                json!({ "name": "a", "type": "tls", "tags": ["x", null] }),
                Some("a"),
                "`tags[1]` is null or missing instead of a tag",
            ),
            (
                json!({ "name": "a", "type": "tls", "options": { "port": "abc" } }),
                Some("a"),
                "`options.port` is a string instead of a port number",
            ),
            (
                json!({ "name": "a" }),
                Some("a"),
                "`type` is null or missing instead of a string",
            ),
            (
                json!({ "type": "tls" }),
                None,
                "`[7].name` is null or missing instead of a string",
            ),
            (
                json!({ "name": "", "type": "tls" }),
                None,
                "`[7].name` is empty instead of a name",
            ),
            (json!("a"), None, "`[7]` is a string instead of an object"),
        ] {
            let odd = read(&entry, "[7]", &vocabulary).unwrap_err();
            let told = (odd.name.as_deref(), odd.problem.to_string());
            assert_eq!(told, (name, problem.to_owned()), "{entry}");
        }
        let whole = json!({ "name": "a", "type": "tls" });
        assert_eq!(name(&read(&whole, "[7]", &vocabulary)), Some("a"));
    }
}
