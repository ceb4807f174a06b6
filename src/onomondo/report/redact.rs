//! Keeping secrets out of everything that is shown.
//!
//! An API that checks its input may repeat it: whole, as one line of a key, with line breaks
//! written as `\n`, or cut off. So each secret is looked for as a whole and in pieces.

use std::collections::HashSet;

use secrecy::{ExposeSecret as _, SecretString};

/// What stands where a secret was.
pub(in crate::onomondo) const REDACTED: &str = "[redacted]";

/// The length of a piece, in bytes, that is replaced wherever it appears.
const PIECE: usize = 16;

/// A shorter secret hides nothing, and replacing it would leave no readable word.
const SHORTEST: usize = 4;

/// Replaces what is secret in one request: the API key and what the request carries.
#[derive(Default, Clone)]
pub(in crate::onomondo) struct Redactor {
    /// The secrets without white space.
    whole: Vec<Vec<u8>>,
    /// Every run of [`PIECE`] bytes of the confidential parts, without white space.
    pieces: HashSet<[u8; PIECE]>,
    /// Names of members that are secret in any body.
    members: Vec<&'static str>,
}

impl Redactor {
    /// A redactor for these secrets.
    pub(in crate::onomondo) fn new<'a>(
        secrets: impl IntoIterator<Item = &'a SecretString>,
    ) -> Self {
        let mut redactor = Self::default();
        for secret in secrets {
            let secret = secret.expose_secret();
            let whole = Compact::of(secret).bytes;
            if whole.len() >= SHORTEST {
                redactor.whole.push(whole);
            }
            for part in confidential_parts(secret) {
                let compact = Compact::of(&part).bytes;
                redactor.pieces.extend(
                    compact
                        .windows(PIECE)
                        .filter_map(|piece| <[u8; PIECE]>::try_from(piece).ok()),
                );
            }
        }
        redactor
    }

    /// The same, which hides the members of these names in bodies, too.
    pub(in crate::onomondo) fn hiding_members(mut self, names: &[&'static str]) -> Self {
        self.members = names.to_vec();
        self
    }

    /// Whether a member of this name is secret in any body.
    pub(super) fn hides_member(&self, name: &str) -> bool {
        self.members.contains(&name)
    }

    /// The text without the secrets, without their pieces, without any PEM block, and without the
    /// parts of URLs that often are a token.
    pub(in crate::onomondo) fn redact(&self, text: &str) -> String {
        let text = without_url_secrets(&without_pem_blocks(text));
        let compact = Compact::of(&text);
        let mut secret = vec![false; text.len()];
        let mut mark = |start: usize, length: usize| {
            let first = compact.positions[start];
            let last = compact.positions[start + length - 1];
            secret[first..=last].fill(true);
        };
        for whole in &self.whole {
            for start in find_all(&compact.bytes, whole) {
                mark(start, whole.len());
            }
        }
        for (start, piece) in compact.bytes.windows(PIECE).enumerate() {
            if self.pieces.contains(piece) {
                mark(start, PIECE);
            }
        }
        let mut shown = String::with_capacity(text.len());
        let mut inside = false;
        for (position, character) in text.char_indices() {
            let is_secret = secret[position..position + character.len_utf8()].contains(&true);
            if !is_secret {
                shown.push(character);
            } else if !inside {
                shown.push_str(REDACTED);
            }
            inside = is_secret;
        }
        shown
    }
}

/// A text without white space, written out or escaped as JSON does, and where each byte was.
struct Compact {
    bytes: Vec<u8>,
    positions: Vec<usize>,
}

impl Compact {
    fn of(text: &str) -> Self {
        let source = text.as_bytes();
        let mut compact = Self {
            bytes: Vec::with_capacity(source.len()),
            positions: Vec::with_capacity(source.len()),
        };
        let mut position = 0;
        while let Some(&byte) = source.get(position) {
            let escaped = (byte == b'\\').then(|| source.get(position + 1)).flatten();
            match escaped {
                Some(b'n' | b'r' | b't') => position += 1,
                // The escape is dropped, the character after it stands for itself.
                Some(b'/' | b'"' | b'\\') => {}
                _ if byte.is_ascii_whitespace() => {}
                _ => {
                    compact.bytes.push(byte);
                    compact.positions.push(position);
                }
            }
            position += 1;
            if matches!(escaped, Some(b'"' | b'\\' | b'/')) {
                compact.bytes.push(source[position]);
                compact.positions.push(position);
                position += 1;
            }
        }
        compact
    }
}

/// The parts of a secret that are confidential even in pieces: of a PEM text the lines between its
/// armour, of an Azure connection string its keys (not the host, not the names of its parts), of
/// anything else the whole.
fn confidential_parts(secret: &str) -> Vec<String> {
    if secret.contains("-----BEGIN ") {
        let armour = |line: &&str| line.trim_start().starts_with("-----");
        return vec![secret.lines().filter(|line| !armour(line)).collect()];
    }
    let keys: Vec<String> = secret
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| {
            let name = name.trim().to_ascii_lowercase();
            (name.ends_with("key") || name.ends_with("signature")) && !name.contains(' ')
        })
        .map(|(_, value)| value.to_owned())
        .collect();
    if keys.is_empty() {
        return vec![secret.to_owned()];
    }
    keys
}

/// Replaces PEM blocks, whosever they are; one that is cut off is replaced up to the end.
fn without_pem_blocks(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find("-----BEGIN ") {
        shown.push_str(&rest[..begin]);
        shown.push_str(REDACTED);
        let block = &rest[begin..];
        rest = block
            .find("-----END ")
            .and_then(|end| {
                let label = end + "-----END ".len();
                let close = block[label..].find("-----")?;
                Some(&block[label + close + "-----".len()..])
            })
            .unwrap_or_default();
    }
    shown.push_str(rest);
    shown
}

/// Replaces user information and queries of URLs: Onomondo documents no header for an HTTPS
/// connector, so that is where its users put tokens, and the API shows the URL in clear.
fn without_url_secrets(text: &str) -> String {
    let ends = |character: char| character.is_whitespace() || "\"'`<>\\".contains(character);
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("://").map(|scheme| scheme + "://".len()) {
        shown.push_str(&rest[..start]);
        let end = rest[start..]
            .find(ends)
            .map_or(rest.len(), |length| start + length);
        let url = &rest[start..end];
        let (mut place, query) = url.split_once('?').unwrap_or((url, ""));
        let authority = place.find('/').unwrap_or(place.len());
        if let Some(at) = place[..authority].rfind('@') {
            shown.push_str(REDACTED);
            place = &place[at..];
        }
        shown.push_str(place);
        if !query.is_empty() {
            shown.push('?');
            shown.push_str(REDACTED);
        }
        rest = &rest[end..];
    }
    shown.push_str(rest);
    shown
}

fn find_all<'a>(text: &'a [u8], wanted: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    text.windows(wanted.len())
        .enumerate()
        .filter(move |(_, window)| *window == wanted)
        .map(|(start, _)| start)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n\
        MzEfYyjiWA4R4ypbHqGC0H0+tG3hGbN4MYHRmkZj\n\
        -----END PRIVATE KEY-----\n";
    const CONNECTION: &str = "HostName=hub.azure-devices.net;SharedAccessKeyName=owner;\
        SharedAccessKey=c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    fn redact(secret: &str, text: &str) -> String {
        Redactor::new([&SecretString::from(secret)]).redact(text)
    }

    #[test]
    fn a_secret_is_replaced_wherever_it_stands() {
        assert_eq!(redact("onok_a.b", "key onok_a.b!"), "key [redacted]!");
        assert_eq!(redact("pass word", "a pass\nword b"), "a [redacted] b");
        assert_eq!(
            redact(r#"a"b\c/d"#, r#"{"x":"a\"b\\c\/d"}"#),
            r#"{"x":"[redacted]"}"#
        );
        assert_eq!(redact("sécret", "«sécret»"), "«[redacted]»");
        assert_eq!(redact("secret", "nothing here"), "nothing here");
        assert_eq!(redact("", "nothing here"), "nothing here");
    }

    #[test]
    fn every_sixteen_characters_of_a_pem_body_are_replaced() {
        let body: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
        for start in 0..=body.len() - 16 {
            let piece = &body[start..start + 16];
            let shown = redact(PEM, &format!("bad value {piece}, sorry"));
            assert_eq!(shown, "bad value [redacted], sorry");
        }
        let escaped = PEM.replace('\n', "\\n");
        for text in [PEM, &escaped, &escaped[30..], &PEM[..60]] {
            let shown = redact(PEM, text);
            assert!(
                !shown.contains("MIIEv") && !shown.contains("HRmkZj"),
                "{shown}"
            );
        }
    }

    #[test]
    fn the_key_of_a_connection_string_is_replaced_and_its_part_names_stay() {
        assert_eq!(
            redact(
                CONNECTION,
                "bad `c2VjcmV0LXNlY3JldC1z…`, see SharedAccessKeyName="
            ),
            "bad `[redacted]…`, see SharedAccessKeyName="
        );
        assert_eq!(redact(CONNECTION, CONNECTION), "[redacted]");
    }

    #[test]
    fn tokens_in_urls_are_replaced_and_the_rest_of_the_url_stays() {
        let nothing = Redactor::default();
        for (text, shown) in [
            (
                r#"{"host":"https://a.example/in?token=hush","port":1}"#,
                r#"{"host":"https://a.example/in?[redacted]","port":1}"#,
            ),
            (
                "see https://u:hush@a.example/x.",
                "see https://[redacted]@a.example/x.",
            ),
            ("https://a.example/@x yes?", "https://a.example/@x yes?"),
            (
                "a://?hush b://u@?hush",
                "a://?[redacted] b://[redacted]@?[redacted]",
            ),
        ] {
            assert_eq!(nothing.redact(text), shown);
        }
    }

    #[test]
    fn a_pem_block_of_anybody_is_replaced() {
        let nothing = Redactor::default();
        for (text, shown) in [
            (format!("a {PEM} b"), "a [redacted]\n b"),
            (format!("a {} b", &PEM[..50]), "a [redacted]"),
            ("a -----BEGIN X----------END X b".to_owned(), "a [redacted]"),
            (format!("{PEM}{PEM}"), "[redacted]\n[redacted]\n"),
        ] {
            assert_eq!(nothing.redact(&text), shown);
        }
    }
}
