//! The API's words in a refusal.
//!
//! Only one error body of Onomondo is known: `{"error":"tag_already_on_sim"}`. Validation errors
//! are not documented, and the load balancer in front answers with HTML.

use std::fmt;

use serde_json::Value;

use super::redact::Redactor;
use crate::onomondo::wire::json;

/// The API's own words, redacted and cut to a readable length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reason {
    /// The code in `error`, such as `tag_already_on_sim`.
    pub code: Option<String>,
    /// The text of the answer. Empty if there is only a code.
    pub text: String,
    /// The member of the request that the answer names, if any, such as `options.host`.
    pub member: Option<String>,
}

/// The maximum number of characters of text to show.
const SHOWN: usize = 400;

/// The maximum number of bytes of a body to read.
const READ: usize = 64 * 1024;

impl Reason {
    /// Reads an error body of any shape.
    pub(in crate::onomondo) fn read(body: &[u8], redactor: &Redactor) -> Self {
        let text = String::from_utf8_lossy(&body[..body.len().min(READ)]);
        let mut reason =
            json::read(text.as_bytes()).map_or_else(|_| Self::default(), |it| told(&it));
        if reason == Self::default() {
            reason.text = text.into_owned();
        }
        let shown = |text: &str| excerpt(&redactor.redact(text.trim()));
        Self {
            code: reason.code.as_deref().map(shown),
            text: shown(&reason.text),
            member: reason.member.as_deref().map(shown),
        }
    }
}

/// Whether the API itself sends such an error body: an object with `error`, or nothing.
pub(in crate::onomondo) fn is_the_apis_own(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    let json = serde_json::from_slice::<Value>(body);
    body.is_empty() || json.is_ok_and(|json| json.get("error").is_some_and(Value::is_string))
}

/// Reads the reason from a value: a text; a list of such values; or an object that has one in
/// `error`, else in `message`, else in `errors`. An object may name a member in `field` or `path`.
fn told(value: &Value) -> Reason {
    match value {
        Value::String(text) => Reason {
            text: text.clone(),
            ..Reason::default()
        },
        Value::Array(entries) => {
            let entries: Vec<Reason> = entries.iter().map(told).collect();
            let words = entries.iter().map(|entry| match &entry.code {
                Some(code) if entry.text.is_empty() => code.as_str(),
                _ => entry.text.as_str(),
            });
            let words: Vec<&str> = words.filter(|words| !words.is_empty()).collect();
            // A message can point to one member only.
            let mut members = entries.iter().filter_map(|entry| entry.member.as_ref());
            let member = members.next().filter(|_| members.next().is_none());
            Reason {
                code: None,
                text: words.join("; "),
                member: member.cloned(),
            }
        }
        Value::Object(members) => {
            let error = members.get("error").and_then(Value::as_str);
            let code = error.filter(|error| is_code(error));
            let mut reason = Reason {
                code: code.map(str::to_owned),
                text: String::new(),
                member: ["field", "path"]
                    .iter()
                    .find_map(|name| member(members.get(*name)?)),
            };
            let words = ["error", "message", "errors"]
                .iter()
                .skip(usize::from(code.is_some()));
            for inner in words.filter_map(|name| members.get(*name)).map(told) {
                if reason.text.is_empty() {
                    reason.text = inner.text;
                }
                reason.member = reason.member.or(inner.member);
            }
            reason
        }
        _ => Reason::default(),
    }
}

/// The member that an error names: `options.host`, `/options/host` or `["options","host"]`. A
/// leading `body` is only a location.
fn member(path: &Value) -> Option<String> {
    let steps: Vec<&str> = match path {
        Value::String(path) => path.split(['.', '/']).collect(),
        Value::Array(steps) => steps.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let mut steps = steps.into_iter().filter(|step| !step.is_empty()).peekable();
    steps.next_if_eq(&"body");
    // `/connectors/x` is the path of the request, which some frameworks add to their errors.
    let is_request = *steps.peek()? == "connectors";
    (!is_request).then(|| steps.collect::<Vec<_>>().join("."))
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Some CLIs do not show which attribute a message points to, so the text must name it.
        let member = self.member.as_ref().filter(|it| !self.text.contains(*it));
        let codes = [self.code.as_ref(), member].into_iter().flatten();
        let mut parts: Vec<String> = codes.map(|code| format!("`{code}`")).collect();
        if !self.text.is_empty() {
            parts.push(self.text.clone());
        }
        if parts.is_empty() {
            parts.push("the response gives no reason".to_owned());
        }
        formatter.write_str(&parts.join(": "))
    }
}

/// One readable line of at most [`SHOWN`] characters. HTML loses its markup.
pub(in crate::onomondo) fn excerpt(text: &str) -> String {
    let text = if looks_like_html(text) {
        without_markup(text)
    } else {
        text.to_owned()
    };
    let words = text
        .split(|character: char| character.is_whitespace() || character.is_control())
        .filter(|word| !word.is_empty());
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > SHOWN {
            return line.chars().take(SHOWN).chain(['…']).collect();
        }
    }
    line
}

fn is_code(error: &str) -> bool {
    !error.is_empty()
        && error
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

fn looks_like_html(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(200).collect();
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype") || start.starts_with("<html") || start.contains("<head")
}

/// The title of an HTML page, or else its text.
fn without_markup(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    if let Some(start) = lower.find("<title>").map(|start| start + "<title>".len())
        && let Some(length) = lower[start..].find("</title>")
        && !html[start..start + length].trim().is_empty()
    {
        return html[start..start + length].to_owned();
    }
    let mut text = String::new();
    let mut inside_tag = false;
    for character in html.chars() {
        match character {
            '<' => inside_tag = true,
            '>' => {
                inside_tag = false;
                text.push(' ');
            }
            _ if !inside_tag => text.push(character),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Reason {
        Reason::read(body.as_bytes(), &Redactor::default())
    }

    #[test]
    fn every_shape_of_error_body_gives_its_words() {
        for (body, shown, member) in [
            (
                r#"{"error":"tag_already_on_sim"}"#,
                "`tag_already_on_sim`",
                None,
            ),
            (r#"{"error":"Bad host"}"#, "Bad host", None),
            (
                r#"{"error":"name_invalid","message":"too short","field":"name"}"#,
                "`name_invalid`: `name`: too short",
                Some("name"),
            ),
            (
                r#"{"message":"`options.host` is no URL","field":"options.host"}"#,
                "`options.host` is no URL",
                Some("options.host"),
            ),
            (r#"{"message":"no"}"#, "no", None),
            (
                r#"{"message":"validation","errors":[{"path":["body","options","port"],"message":"too big"}]}"#,
                "`options.port`: validation",
                Some("options.port"),
            ),
            (
                r#"{"errors":[{"path":"/options/host","message":"must be a URL"},"and more"]}"#,
                "`options.host`: must be a URL; and more",
                Some("options.host"),
            ),
            (
                r#"{"errors":[{"field":"name","message":"a"},{"field":"type","message":"b"}]}"#,
                "a; b",
                None,
            ),
            (r#"{"message":"gone","path":"/connectors/x"}"#, "gone", None),
            (r#"{"statusCode":400,"message":["a","b"]}"#, "a; b", None),
            (r#""just text""#, "just text", None),
            (r#"{"other":1}"#, r#"{"other":1}"#, None),
            ("  plain\n text ", "plain text", None),
            ("", "the response gives no reason", None),
            (
                "<html>\r\n<head><title>502 Bad Gateway</title></head><body>x</body></html>",
                "502 Bad Gateway",
                None,
            ),
            (
                "<!DOCTYPE html><p>Sorry<br>closed</p>",
                "Sorry closed",
                None,
            ),
        ] {
            let reason = read(body);
            assert_eq!(reason.to_string(), shown, "{body}");
            assert_eq!(reason.member.as_deref(), member, "{body}");
        }
    }

    #[test]
    fn the_api_answers_an_object_with_an_error_or_nothing() {
        for (body, expected) in [
            ("", true),
            (" \n", true),
            (r#"{"error":"connector_not_found"}"#, true),
            (r#"{"message":"Not Found"}"#, false),
            (r#"{"error":{}}"#, false),
            ("{}", false),
            ("default backend - 404", false),
            ("<html>", false),
        ] {
            assert_eq!(is_the_apis_own(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn a_long_text_is_cut_and_control_characters_go() {
        let reason = read(&"é".repeat(1000));
        assert_eq!(reason.text.chars().count(), SHOWN + 1);
        assert_eq!(read("a\u{1b}[31mb\0c").text, "a [31mb c");
    }

    #[test]
    fn an_echoed_secret_is_replaced_before_the_text_is_cut() {
        let secret = secrecy::SecretString::from("s3cr3t-".repeat(200));
        let redactor = Redactor::default();
        redactor.learn(&secret);
        let body = format!(r#"{{"error":"bad value {}"}}"#, "s3cr3t-".repeat(200));
        assert_eq!(
            Reason::read(body.as_bytes(), &redactor).text,
            "bad value [redacted]"
        );
    }
}
