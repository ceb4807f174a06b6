//! Texts that are hidden, and texts that stay readable.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use proptest::prelude::*;

use super::*;

const PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n\
    MzEfYyjiWA4R4ypbHqGC0H0+tG3hGbN4MYHRmkZj\n\
    -----END PRIVATE KEY-----\n";
const CONNECTION: &str = "HostName=hub.azure-devices.net;SharedAccessKeyName=owner;\
    SharedAccessKey=c2VjcmV0LXNlY3JldC1zZWNyZXQ=";
/// Does not look like a secret.
const PLAIN: &str = "correct horse battery staple, 100% correct";

fn knowing<T: AsRef<str>>(secrets: impl IntoIterator<Item = T>) -> Redactor {
    let redactor = Redactor::new(vec!["key", "connectionString"]);
    for secret in secrets {
        redactor.learn(&SecretString::from(secret.as_ref()));
    }
    redactor
}

fn redact(secret: &str, text: &str) -> String {
    knowing([secret]).redact(text)
}

/// Redacts without any known secrets.
fn redact_unknown(text: &str) -> String {
    knowing::<&str>([]).redact(text)
}

#[test]
fn a_secret_is_hidden_anywhere() {
    for (secret, text, shown) in [
        ("abcd.efgh", "key abcd.efgh!", "key [redacted]!"),
        ("pass word", "a pass\nword b", "a [redacted] b"),
        (
            r#"a"b\c/d"#,
            r#"{"x":"a\"b\\c\/d"}"#,
            r#"{"x":"[redacted]"}"#,
        ),
        ("sécret", "«sécret»", "«[redacted]»"),
        ("secret", "nothing here", "nothing here"),
        ("", "nothing here", "nothing here"),
        ("abc", "abc", "abc"),
        ("twice", "twicetwice, twice", "[redacted], [redacted]"),
    ] {
        assert_eq!(redact(secret, text), shown, "{text}");
    }
}

#[test]
fn every_sixteen_characters_of_a_pem_body_are_hidden() {
    let body: String = PEM.lines().filter(|line| !line.starts_with('-')).collect();
    for start in 0..=body.len() - 16 {
        let piece = &body[start..start + 16];
        let shown = redact(PEM, &format!("bad value {piece}, sorry"));
        assert_eq!(shown, "bad value [redacted], sorry");
    }
    let escaped = PEM.replace('\n', "\\n");
    for text in [PEM, &escaped, &escaped[30..], &PEM[..60], &PEM[60..]] {
        for shown in [redact(PEM, text), redact_unknown(text)] {
            assert!(
                !shown.contains("MIIEv") && !shown.contains("HRmkZj"),
                "{shown}"
            );
        }
    }
}

#[test]
fn the_key_of_a_connection_string_is_hidden_and_the_names_of_its_parts_stay() {
    let text = "bad `c2VjcmV0LXNlY3JldC1z…`, see SharedAccessKeyName=";
    let shown = "bad `[redacted]…`, see SharedAccessKeyName=";
    assert_eq!(redact(CONNECTION, text), shown);
    assert_eq!(redact(CONNECTION, CONNECTION), "[redacted]");
    let shown =
        "HostName=hub.azure-devices.net;SharedAccessKeyName=owner;SharedAccessKey=[redacted]";
    assert_eq!(redact_unknown(CONNECTION), shown);
}

/// Finds a secret in any encoding.
#[test]
fn a_secret_is_found_in_every_encoding() {
    let percent = |text: &str| -> String {
        let bytes = text.bytes().map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        });
        bytes.collect::<Vec<_>>().concat()
    };
    let json = |text: &str| serde_json::to_string(text).unwrap();
    for secret in [PEM, CONNECTION, PLAIN] {
        for encoded in [
            json(secret),
            json(&json(secret)),
            json(&json(&json(secret))),
            json(secret).replace('=', "\\u003d").replace('/', "\\/"),
            percent(secret),
            percent(&percent(secret)),
            BASE64_STANDARD.encode(secret),
            BASE64_URL_SAFE_NO_PAD.encode(format!("x:{secret}")),
            format!("prefix/{}", BASE64_STANDARD.encode(format!("xy{secret}"))),
        ] {
            let shown = redact(secret, &encoded);
            for piece in ["MIIEv", "HRmkZj", "c2Vj", "horse", "staple"] {
                assert!(!shown.contains(piece), "{encoded}: {shown}");
            }
            assert!(shown.len() < 100, "{encoded}: {shown}");
        }
    }
}

#[test]
fn text_that_looks_like_a_secret_is_hidden() {
    for (text, shown) in [
        (
            "no SharedAccessKey=aGVsbG8=, sorry",
            "no SharedAccessKey=[redacted], sorry",
        ),
        (
            "SharedAccessSignature sr=hub&sig=aGVs%2BbG8%3D&se=17&skn=policy",
            "SharedAccessSignature sr=hub&sig=[redacted]&se=17&skn=policy",
        ),
        (
            r#"{"message":"AccountKey=abc\n"}"#,
            r#"{"message":"AccountKey=[redacted]\n"}"#,
        ),
        ("key onok_12345678.abcdefgh.", "key [redacted]."),
        ("?api_key=hush&x=1", "?api_key=[redacted]&x=1"),
        (
            "Authorization: 0123456789abcdef",
            "Authorization: [redacted]",
        ),
        (
            "authorization: Basic b25vazpodXNo",
            "authorization: Basic [redacted]",
        ),
        ("Authorization: missing", "Authorization: missing"),
        ("sent Bearer 0123456789abcdef", "sent Bearer [redacted]"),
        (
            "SharedAccessKeyName=owner;EntityPath=x",
            "SharedAccessKeyName=owner;EntityPath=x",
        ),
        (
            "see SharedAccessKey= in `SharedAccessKey=`",
            "see SharedAccessKey= in `SharedAccessKey=`",
        ),
        (
            "a UUID: a5023f47-1db8-425e-b664-dc0b8921f644",
            "a UUID: a5023f47-1db8-425e-b664-dc0b8921f644",
        ),
    ] {
        assert_eq!(redact_unknown(text), shown, "{text}");
    }
    let encoded = BASE64_STANDARD.encode(CONNECTION);
    assert_eq!(
        redact_unknown(&format!("Basic: {encoded}")),
        "Basic: [redacted]="
    );
}

#[test]
fn tokens_in_urls_are_hidden_and_the_rest_of_the_url_stays() {
    for (text, shown) in [
        (
            r#"{"host":"https://a.example/in?token=hush","port":1}"#,
            r#"{"host":"https://a.example/in?[redacted]","port":1}"#,
        ),
        (
            r#"{"host":"https:\/\/u:hush@a.example\/in?hu%20sh"}"#,
            r#"{"host":"https:\/\/[redacted]@a.example\/in?[redacted]"}"#,
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
        assert_eq!(redact_unknown(text), shown, "{text}");
    }
}

#[test]
fn any_pem_block_is_hidden() {
    for (text, shown) in [
        (format!("a {PEM} b"), "a [redacted]\n b"),
        (format!("a {}", &PEM[..50]), "a [redacted]"),
        (
            format!(r#"["{}","b"]"#, &PEM[..50]),
            r#"["[redacted]","b"]"#,
        ),
        (format!("{PEM}{PEM}"), "[redacted]\n[redacted]\n"),
        (
            "not a `-----BEGIN CERTIFICATE-----` block, see the guide".to_owned(),
            "not a `[redacted]` block, see the guide",
        ),
    ] {
        assert_eq!(redact_unknown(&text), shown);
    }
}

/// In a whole body, in a body that is cut off, and in JSON inside a string of another body.
#[test]
fn members_with_secret_names_are_hidden() {
    for (text, shown) in [
        (
            r#"{"key":"hush","port":1}"#,
            r#"{"key":"[redacted]","port":1}"#,
        ),
        (r#"{"key":{"is_set":true}}"#, r#"{"key":{"is_set":true}}"#),
        (r#"{"keys":"a","name":"b"}"#, r#"{"keys":"a","name":"b"}"#),
        (
            r#"{"X-Api-Key" : "hush" }"#,
            r#"{"X-Api-Key" : "[redacted]" }"#,
        ),
        (
            r#"{"access_token":"hu\"sh\\","a":"b"}"#,
            r#"{"access_token":"[redacted]","a":"b"}"#,
        ),
        (
            r#"{"connectionString":"hush"#,
            r#"{"connectionString":"[redacted]"#,
        ),
        (
            r#"{"error":"no \"key\":\"hu\\\"sh\\\\\", \"a\":\"b\""}"#,
            r#"{"error":"no \"key\":\"[redacted]\", \"a\":\"b\""}"#,
        ),
        (
            r#"{"error":"no \"key\":\"hush","a":"b"}"#,
            r#"{"error":"no \"key\":\"[redacted]","a":"b"}"#,
        ),
        (r#"{"key":"","a":"b"}"#, r#"{"key":"","a":"b"}"#),
    ] {
        assert_eq!(redact_unknown(text), shown, "{text}");
    }
}

/// A thousand connectors whose secrets begin alike. Some share a whole certificate.
#[test]
fn many_secrets_are_told_apart() {
    let number = |number: u32| {
        format!(
            "{:064x}",
            u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835)
        )
    };
    let redactor =
        knowing((0..2000).map(|index| format!("MIIEvQIBADANBgkqhkiG9w0BAQEF{}", number(index))));
    for index in [0, 999, 1999] {
        let text = format!("at {}!", &number(index)[24..]);
        assert_eq!(redactor.redact(&text), "at [redacted]!");
    }
    let other = number(2001);
    assert_eq!(redactor.redact(&other[40..]), other[40..]);
}

/// The memory for secrets is limited, but always holds the last one.
#[test]
fn the_last_learned_secret_is_hidden() {
    let redactor = Redactor::default();
    let secret = |index: usize| format!("{index:08}-secret").repeat(4 * 1024);
    for index in 0..40 {
        redactor.learn(&SecretString::from(secret(index)));
    }
    let is_hidden = |index| redactor.redact(&secret(index)[..30]) == "[redacted]";
    assert!(is_hidden(39) && is_hidden(38));
    assert!(!is_hidden(0));
    redactor.learn(&SecretString::from(secret(0)));
    assert!(is_hidden(0));
}

proptest! {
    #[test]
    fn no_sixteen_characters_of_a_secret_are_shown(
        secret in "[ -~]{16,60}",
        around in any::<(String, String)>(),
        from in 0..44usize,
    ) {
        let from = from.min(secret.len() - 16);
        let piece = &secret[from..];
        let shown = redact(&secret, &format!("{}{piece}{}", around.0, around.1));
        let dense = |text: &str| Plain::of(text).compact().0;
        let piece = dense(piece);
        // Only parts of a structured secret are secret. Without white space and escapes, `piece`
        // may be too short to be recognized. A piece that starts inside an escape decodes to other
        // text.
        let is_inside_escape = secret[..from].ends_with('\\');
        if !secret.contains(['=', '-']) && !is_inside_escape && piece.len() >= 16 {
            prop_assert!(!dense(&shown).windows(16).any(|it| piece.windows(16).any(|hidden| it == hidden)), "{shown}");
        }
    }

    #[test]
    fn text_without_secrets_is_unchanged(text in any::<String>(), secret in any::<String>()) {
        let redactor = knowing([secret]);
        let shown = redactor.redact(&text);
        if !shown.contains(REDACTED) {
            prop_assert_eq!(&shown, &text);
        }
    }
}
