//! The text form of PEM, as OpenSSL reads it. A block begins with a `BEGIN` line and ends with an
//! `END` line. Text outside of blocks is skipped. If OpenSSL does not recognize one of these lines,
//! for example because it contains other text, it silently skips the block.

use thiserror::Error;

/// The reason why OpenSSL would not see a block of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum FormError {
    #[error(
        "has a byte order mark before a block, which OpenSSL does not skip. Save the file as UTF-8 without \
         a byte order mark"
    )]
    ByteOrderMark,
    #[error(
        "has the two characters `\\n` instead of line breaks. Replace them, for example with \
         `replace(var.pem, \"\\\\n\", \"\\n\")`"
    )]
    LiteralLineBreaks,
    #[error(
        "is indented. Each `-----BEGIN` and `-----END` marker must be at the start of a line. In a \
         heredoc, use `<<-EOT`"
    )]
    Indented,
    #[error(
        "has a `-----BEGIN` or `-----END` marker that shares a line with other text, so a block \
         would be lost. Put a line break between blocks"
    )]
    Glued,
    #[error(
        "has a block whose `-----END` line is missing or does not match its `-----BEGIN` line. Use \
         the complete text, including its last line"
    )]
    Unfinished,
    #[error(
        "has a blank line inside a block, which OpenSSL does not accept. Remove the blank lines \
         between `-----BEGIN` and `-----END`"
    )]
    BlankLine,
}

/// Checks the form of a text, but not the contents of its blocks.
pub(super) fn check(text: &str) -> Result<(), FormError> {
    let mut open = None;
    let mut is_first = false;
    for line in text.lines().map(str::trim_end) {
        // A blank line ends the headers of a block. So one before the contents means no headers,
        // and one after other lines makes those lines headers.
        if open.is_some() && line.is_empty() && !is_first {
            return Err(FormError::BlankLine);
        }
        is_first = line.starts_with("-----BEGIN ");
        if !line.contains("-----BEGIN ") && !line.contains("-----END ") {
            continue;
        }
        match Boundary::of(line) {
            Some(Boundary::Begin(label)) if open.is_none() => open = Some(label),
            Some(Boundary::End(label)) if open.take() == Some(label) => {}
            Some(_) => return Err(FormError::Unfinished),
            None if line.contains("\\n") => return Err(FormError::LiteralLineBreaks),
            None if line.starts_with('\u{feff}') => return Err(FormError::ByteOrderMark),
            None if Boundary::of(line.trim_start()).is_some() => return Err(FormError::Indented),
            None => return Err(FormError::Glued),
        }
    }
    if open.is_some() {
        return Err(FormError::Unfinished);
    }
    Ok(())
}

/// Replaces the labels that only OpenSSL accepts for a certificate with the common one.
pub(super) fn with_common_labels(text: &str) -> String {
    let text = text.replace(" X509 CERTIFICATE-----", " CERTIFICATE-----");
    text.replace(" TRUSTED CERTIFICATE-----", " CERTIFICATE-----")
}

/// A line that begins or ends a block, with its label.
enum Boundary<'a> {
    Begin(&'a str),
    End(&'a str),
}

impl<'a> Boundary<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let label = |start: &str| {
            let label = line.strip_prefix(start)?.strip_suffix("-----")?;
            (!label.contains("-----")).then_some(label)
        };
        let begin = label("-----BEGIN ").map(Self::Begin);
        begin.or_else(|| label("-----END ").map(Self::End))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----";
    const B: &str = "-----BEGIN X509 CERTIFICATE-----\nYg==\n-----END X509 CERTIFICATE-----";

    #[test]
    fn a_text_that_openssl_reads_completely_is_accepted() {
        for text in [
            A.to_owned(),
            format!("{A}\n{B}\n"),
            format!("{A}\r\n\r\n{B}  \r\n").replace('\n', "\r\n"),
            format!("subject=CN = a\n{A}\nissuer=CN = b\n{B}\n"),
            A.replace("\nYQ", "\n \nYQ"),
        ] {
            assert_eq!(check(&text), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_block_that_openssl_would_lose_is_reported() {
        for (text, error) in [
            (format!("{A}{B}"), FormError::Glued),
            (format!("subject: {A}"), FormError::Glued),
            (format!("{A} {B}"), FormError::Glued),
            (A.replace('\n', "\\n"), FormError::LiteralLineBreaks),
            (format!("\u{feff}{A}"), FormError::ByteOrderMark),
            (format!("{A}\n\u{feff}{B}"), FormError::ByteOrderMark),
            (A.replace('\n', "\n  "), FormError::Indented),
            (format!("\t{A}"), FormError::Indented),
            (A.replace("END CERTIFICATE", "END"), FormError::Unfinished),
            (
                A.replace("END CERT", "END X509 CERT"),
                FormError::Unfinished,
            ),
            (
                A.replace("\n-----END CERTIFICATE-----", ""),
                FormError::Unfinished,
            ),
            (
                format!("{A}\n-----END CERTIFICATE-----"),
                FormError::Unfinished,
            ),
            (A.replace("YQ", "YQ==\n\nYQ"), FormError::BlankLine),
            (A.replace("YQ==", "YQ==\n\t"), FormError::BlankLine),
            (A.replace("\nYQ", "\n\n\nYQ"), FormError::BlankLine),
            (
                A.replace("\nYQ", "\r\nComment: a\r\n\r\nYQ"),
                FormError::BlankLine,
            ),
        ] {
            assert_eq!(check(&text), Err(error), "{text}");
        }
    }
}
