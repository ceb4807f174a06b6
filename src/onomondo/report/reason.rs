//! What the API says when it refuses.
//!
//! One error body of Onomondo is known, `{"error":"tag_already_on_sim"}`. Validation errors are
//! not documented, and the load balancer in front answers HTML, so every common shape is read.

use std::fmt;

use serde_json::Value;

use super::redact::Redactor;
use crate::onomondo::wire::json;

/// The API's own words, redacted and cut to a readable length.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reason {
    /// The code in `error`, such as `tag_already_on_sim`.
    pub code: Option<String>,
    /// The text of the answer; empty when it has none beside the code.
    pub text: String,
    /// The member of the request that the answer is about, such as `options.host`, where it says.
    pub member: Option<String>,
}

/// How much text is shown, in characters.
const SHOWN: usize = 400;

/// How much of a body is looked at, in bytes.
const READ: usize = 64 * 1024;

impl Reason {
    /// Reads an error body of any shape.
    pub(in crate::onomondo) fn read(body: &[u8], redactor: &Redactor) -> Self {
        let body = String::from_utf8_lossy(&body[..body.len().min(READ)]);
        let reason = match json::read(body.as_bytes()) {
            Ok(Value::Object(members)) => from_members(&members),
            Ok(Value::String(text)) => text_only(&text),
            Ok(Value::Array(errors)) => from_list(&errors),
            _ => text_only(&body),
        };
        let reason = if reason == Self::default() {
            text_only(&body)
        } else {
            reason
        };
        let shown = |text: &str| excerpt(&redactor.redact(text));
        Self {
            code: reason.code.as_deref().map(shown),
            text: shown(&reason.text),
            member: reason.member.as_deref().map(shown),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not every CLI shows which attribute a message points at: the words have to say it.
        let member = self.member.as_ref().filter(|it| !self.text.contains(*it));
        let codes = [self.code.as_ref(), member].into_iter().flatten();
        let mut parts: Vec<String> = codes.map(|code| format!("`{code}`")).collect();
        if !self.text.is_empty() {
            parts.push(self.text.clone());
        }
        if parts.is_empty() {
            parts.push("the answer says no more".to_owned());
        }
        formatter.write_str(&parts.join(": "))
    }
}

/// One readable line of at most [`SHOWN`] characters; HTML loses its markup.
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

fn text_only(text: &str) -> Reason {
    Reason {
        text: text.trim().to_owned(),
        ..Reason::default()
    }
}

/// `error`, then `message`, then `errors`.
fn from_members(members: &serde_json::Map<String, Value>) -> Reason {
    let mut reason = match members.get("error") {
        Some(Value::String(error)) if is_code(error) => Reason {
            code: Some(error.clone()),
            ..Reason::default()
        },
        Some(Value::String(error)) => text_only(error),
        Some(Value::Object(error)) => from_members(error),
        _ => Reason::default(),
    };
    if reason.text.is_empty() {
        match members.get("message").or_else(|| members.get("detail")) {
            Some(Value::String(message)) => message.trim().clone_into(&mut reason.text),
            // NestJS writes its validation errors as a list there.
            Some(Value::Array(messages)) => reason = merge(reason, from_list(messages)),
            _ => {}
        }
    }
    if let Some(Value::Array(errors)) = members.get("errors") {
        let listed = from_list(errors);
        if reason.text.is_empty() || reason.member.is_none() {
            reason = merge(reason, listed);
        }
    }
    if reason.member.is_none() {
        reason.member = member(members);
    }
    reason
}

fn from_list(errors: &[Value]) -> Reason {
    let each: Vec<Reason> = errors
        .iter()
        .map(|error| match error {
            Value::String(text) => text_only(text),
            Value::Object(members) => from_members(members),
            _ => Reason::default(),
        })
        .collect();
    let texts: Vec<&str> = each
        .iter()
        .map(|reason| match &reason.code {
            Some(code) if reason.text.is_empty() => code.as_str(),
            _ => reason.text.as_str(),
        })
        .filter(|text| !text.is_empty())
        .collect();
    // Several members at once cannot be pointed at with one name.
    let mut members: Vec<&String> = each
        .iter()
        .filter_map(|reason| reason.member.as_ref())
        .collect();
    members.dedup();
    Reason {
        code: None,
        text: texts.join("; "),
        member: match members.as_slice() {
            [member] => Some((*member).clone()),
            _ => None,
        },
    }
}

fn merge(reason: Reason, listed: Reason) -> Reason {
    Reason {
        code: reason.code.or(listed.code),
        text: if reason.text.is_empty() {
            listed.text
        } else {
            reason.text
        },
        member: reason.member.or(listed.member),
    }
}

/// The member that an error is about, under the names that validators in use give it: a string, a
/// JSON pointer (ajv) or a list of steps (zod, joi). `body` in front is where, not what.
fn member(error: &serde_json::Map<String, Value>) -> Option<String> {
    let found = [
        "field",
        "param",
        "property",
        "path",
        "instancePath",
        "dataPath",
        "loc",
    ]
    .iter()
    .find_map(|name| error.get(*name))?;
    let steps: Vec<String> = match found {
        Value::String(path) => path
            .split(['.', '/'])
            .filter(|step| !step.is_empty())
            .map(str::to_owned)
            .collect(),
        Value::Array(steps) => steps
            .iter()
            .map(|step| match step {
                Value::String(step) => step.clone(),
                other => other.to_string(),
            })
            .collect(),
        _ => return None,
    };
    let steps = match steps.split_first() {
        Some((first, rest)) if first == "body" => rest,
        _ => steps.as_slice(),
    };
    // `/connectors/x` is the path of the request, which some frameworks add to their errors.
    if steps.is_empty() || steps[0] == "connectors" {
        return None;
    }
    Some(steps.join("."))
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

/// The title of an HTML page if it has one, else its text.
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
            (r#"{"error":{"code":1,"message":"no"}}"#, "no", None),
            (
                r#"{"message":"validation","errors":[{"path":["body","options","port"],"message":"too big"}]}"#,
                "`options.port`: validation",
                Some("options.port"),
            ),
            (
                r#"{"errors":[{"instancePath":"/options/host","message":"must be a URL"},"and more"]}"#,
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
            ("", "the answer says no more", None),
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
