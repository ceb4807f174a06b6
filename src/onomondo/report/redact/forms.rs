//! Text that looks like a secret, no matter who it belongs to.

use std::{ops::Range, sync::LazyLock};

use regex_lite::Regex;

use super::plain::Plain;

/// Each pattern hides its group. It runs only on texts that contain the word in front.
const FORMS: [(&str, &str); 8] = [
    // A PEM block, or its start.
    (
        "-----BEGIN",
        r"(-----BEGIN[A-Za-z0-9 +\xA0]+-----(?:[A-Za-z0-9+/=\s\xA0:,]|-{1,4}[A-Za-z0-9])*(?:-----END[A-Za-z0-9 +\xA0]+-----)?)",
    ),
    // The end of a PEM block.
    (
        "-----END",
        r"((?:[A-Za-z0-9+/=]{16,}[\s\xA0]+)*[A-Za-z0-9+/=]*[\s\xA0]*-----END[A-Za-z0-9 +\xA0]+-----)",
    ),
    // Onomondo's API keys.
    ("onok_", r"(\bonok_[A-Za-z0-9]{4,}(?:\.[A-Za-z0-9_-]+)?)"),
    // Parts of connection strings, shared access signatures and queries.
    (
        "=",
        r#"(?i)\b[a-z0-9_.-]*(?:key|sig|signature|password|passwd|pwd|secret|token)["']?(?:=|\s+=\s+)["']?([^\s;&"'`<>,(){}\[\]]+)"#,
    ),
    // Headers.
    (
        "",
        r#"(?i)\b(?:authorization|api-key|cookie)["']?\s*[:=]\s*["']?(?:[a-z]+\s+)?([^\s;"'`<>,]{12,})"#,
    ),
    ("", r"(?i)\b(?:bearer|basic)\s+([A-Za-z0-9._~+/=-]{16,})"),
    // Onomondo documents no headers for HTTPS connectors, so users put tokens in the URL: in user
    // information and query.
    ("://", r#"://([^\s/?#"'`<>]*)@"#),
    ("://", r#"://[^\s?"'`<>]*\?([^\s"'`<>]+)"#),
];

static COMPILED: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    let compiled = FORMS.map(|(word, form)| Some((word, Regex::new(form).ok()?)));
    compiled.into_iter().flatten().collect()
});

/// The ranges of a text that look like secrets.
pub(super) fn find(plain: &Plain) -> Vec<Range<usize>> {
    let text = plain.text.as_str();
    let forms = COMPILED.iter().filter(|(word, _)| text.contains(word));
    let found = forms.flat_map(|(_, form)| form.captures_iter(text));
    let secrets = found.filter_map(|found| found.get(1));
    secrets.map(|secret| plain.origin(secret.range())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(COMPILED.len(), FORMS.len());
    }
}
