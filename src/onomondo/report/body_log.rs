//! Bodies in the log, at TRACE only.

use super::redact::Redactor;

/// The maximum number of bytes of a body to log.
const SHOWN: usize = 64 * 1024;

/// The maximum number of bytes of a body to read. A secret at the end of the logged part is
/// recognized by what follows.
const READ: usize = SHOWN + 16 * 1024;

/// A body without its secrets.
pub(in crate::onomondo) fn shown(body: &[u8], redactor: &Redactor) -> String {
    let read = String::from_utf8_lossy(&body[..body.len().min(READ)]);
    let mut text = redactor.redact(&read);
    if text.len() > SHOWN || body.len() > READ {
        text.truncate(text.floor_char_boundary(SHOWN));
        text.push('…');
    }
    text
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
        let redactor = Redactor::new(vec!["key", "ca", "cert", "connectionString"]);
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
        let redactor = Redactor::default();
        redactor.learn(&SecretString::from("hush-hush"));
        assert_eq!(
            shown(b"no hush-hush, <html>", &redactor),
            "no [redacted], <html>"
        );
    }
}
