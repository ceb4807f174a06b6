//! `https`: traffic is posted to a URL.

use url::Url;

use super::{
    setting::{flag, text},
    variant::Variant,
};
use crate::{
    messages::invalid::{invalid, quoted},
    protocol::{AttributePath, Diagnostics},
};

pub(crate) static HTTPS: Variant = Variant::new("https", "Sends the traffic to an HTTPS endpoint.")
    .settings(&[
        text("host")
            .required()
            .rule(url)
            .spelling(is_same_url)
            .confidential(query)
            .describe(
                "URL that receives the traffic; `https` only. The URL is stored in state in plain \
             text, including any key in its query.",
            ),
        flag("should_return_body", false)
            .member("shouldReturnBody")
            .describe(
                "Whether Onomondo returns the body of the endpoint's response, presumably to the \
             device. Defaults to `false`.",
            ),
    ]);

/// Checks a URL by RFC 3986. Browsers correct some invalid URLs, but the API would receive such a
/// URL unchanged.
fn url(given: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    let problem = match illegal_character(given) {
        Some(problem) => problem,
        None if is_whole(given) => return,
        // Query and user information may hold a key, so the message does not repeat them.
        None if given.contains('@') => "is not a valid URL".to_owned(),
        None => format!(
            "is {}",
            quoted(given.split(['?', '#']).next().unwrap_or_default())
        ),
    };
    let detail = format!(
        "`{path}` {problem}. It must be a complete `https` URL, such as \
         `https://ingest.example.com/devices`."
    );
    diagnostics.push(invalid(path, detail));
}

fn is_whole(given: &str) -> bool {
    let Some((scheme, rest)) = given.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("https")
        && !authority.is_empty()
        && Url::parse(given).is_ok_and(|url| url.has_host())
}

/// The first character that is not allowed in a URL.
fn illegal_character(given: &str) -> Option<String> {
    let is_escape = |rest: &str| {
        let digits = rest.get(1..3);
        digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    for (place, (position, character)) in given.char_indices().enumerate() {
        let what = match character {
            ' ' => "a space",
            '\t' => "a tab",
            '\n' | '\r' => "a line break",
            '\\' => "a backslash",
            '%' if !is_escape(&given[position..]) => {
                "a `%` without two hexadecimal digits after it"
            }
            _ if character.is_ascii_alphanumeric() || MARKS.contains(character) => continue,
            _ => "a character that must be percent-encoded",
        };
        return Some(format!("has {what} at character {}", place + 1));
    }
    None
}

/// The characters allowed in a URL besides letters and digits.
const MARKS: &str = "-._~:/?#[]@!$&'()*+,;=%";

/// The query of a URL, which is often a token.
fn query(url: &str) -> Option<&str> {
    url.split_once('?').map(|(_, query)| query)
}

/// Ignores the letter case of scheme and host, a default port, and trailing slashes of the path.
fn is_same_url(one: &str, other: &str) -> bool {
    let parsed = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        let path = url.path().trim_end_matches('/').to_owned();
        url.set_path(&path);
        Some(url)
    };
    one == other || (parsed(one).is_some() && parsed(one) == parsed(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_url_that_every_parser_accepts_is_valid() {
        for (given, expected) in [
            ("https://a.example", true),
            ("HTTPS://A.example:8443/in%20coming?key=a&b=c#d", true),
            ("https://user:password@[2001:db8::1]/in", true),
            ("http://a.example", false),
            ("https:a.example", false),
            ("https:/a.example", false),
            ("https:///a.example", false),
            ("https://", false),
            ("//a.example", false),
            ("a.example", false),
            ("https://a.example:port", false),
            (" https://a.example", false),
            ("https://a.example\n", false),
            ("https://a.example/\tin", false),
            ("https:\\\\a.example", false),
            ("https://a.example/in coming", false),
            ("https://a.example/100%", false),
            ("https://\u{e4}.example", false),
            ("https://a.example/{id}", false),
        ] {
            let mut diagnostics = Diagnostics::default();
            url(given, &["https", "host"].into(), &mut diagnostics);
            assert_eq!(!diagnostics.has_error(), expected, "{given}");
        }
    }

    #[test]
    fn a_key_in_a_url_is_not_repeated() {
        for given in [
            "http://a.example?key=hush",
            "http://hush:hush@a.example",
            "https://a?hush=\n",
        ] {
            let mut diagnostics = Diagnostics::default();
            url(given, &["https", "host"].into(), &mut diagnostics);
            assert!(!format!("{diagnostics:?}").contains("hush"), "{given}");
        }
    }

    #[test]
    fn spellings_of_one_url() {
        for (one, other, expected) in [
            ("https://a.example", "https://a.example/", true),
            ("https://A.example/In", "https://a.example:443/In/", true),
            (
                "https://a.example/in?key=1",
                "https://a.example/in/?key=1",
                true,
            ),
            ("https://a.example/In", "https://a.example/in", false),
            ("https://a.example?key=1", "https://a.example?key=2", false),
            ("no url", "no url", true),
            ("no url", "no url either", false),
        ] {
            assert_eq!(is_same_url(one, other), expected, "{one} {other}");
        }
    }
}
