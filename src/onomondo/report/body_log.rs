//! Bodies as the log shows them, at TRACE alone.

use serde_json::Value;

use super::redact::{REDACTED, Redactor};

/// More of a body helps nobody, in bytes.
const SHOWN: usize = 64 * 1024;

/// A body without its secrets: the members that are known to be secret, and what the redactor
/// knows.
pub(in crate::onomondo) fn shown(body: &[u8], redactor: &Redactor) -> String {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value) => without_secrets(value, redactor).to_string(),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    };
    let mut text = redactor.redact(&text);
    if text.len() > SHOWN {
        text.truncate(text.floor_char_boundary(SHOWN));
        text.push('…');
    }
    text
}

fn without_secrets(value: Value, redactor: &Redactor) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| {
                let value = if value.is_string() && redactor.hides_member(&name) {
                    REDACTED.into()
                } else {
                    without_secrets(value, redactor)
                };
                (name, value)
            })
            .collect(),
        Value::Array(entries) => entries
            .into_iter()
            .map(|entry| without_secrets(entry, redactor))
            .collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;
    use serde_json::json;

    use super::*;

    #[test]
    fn secret_members_and_url_queries_are_replaced_and_the_rest_stays() {
        let body = json!([{
            "name": "a",
            "options": { "key": "hush", "ca": "hush", "cert": "hush", "connectionString": "hush",
                         "host": "https://a.example/in?token=hush", "port": 443 },
            "meta": { "key": { "is_set": true } }
        }]);
        let redactor = Redactor::new([]).hiding_members(&["key", "ca", "cert", "connectionString"]);
        let shown = shown(body.to_string().as_bytes(), &redactor);
        assert!(!shown.contains("hush"), "{shown}");
        for kept in [
            r#""is_set":true"#,
            r#""port":443"#,
            "https://a.example/in?[redacted]",
        ] {
            assert!(shown.contains(kept), "{shown}");
        }
    }

    #[test]
    fn a_body_that_is_not_json_loses_the_secrets_of_the_request() {
        let redactor = Redactor::new([&SecretString::from("hush-hush")]);
        assert_eq!(
            shown(b"no hush-hush, <html>", &redactor),
            "no [redacted], <html>"
        );
    }
}
