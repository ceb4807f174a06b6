//! Checks that a value appears nowhere in a state, a plan file or a log.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// This many consecutive characters of a secret count as a leak.
const WINDOW: usize = 16;

/// Values that must stay hidden.
pub(crate) struct Secrets {
    /// Every sequence of [`WINDOW`] characters of each value, in plain text and inside base64.
    pieces: HashSet<Vec<u8>>,
}

impl Secrets {
    /// Ignores the armor lines of PEM, which are the same for all secrets, and line ends, which
    /// have many forms.
    pub(crate) fn new<T: AsRef<str>>(values: &[T]) -> Self {
        let mut pieces = HashSet::new();
        for value in values.iter().map(AsRef::as_ref) {
            let bytes = essence(value.as_bytes());
            assert!(bytes.len() >= WINDOW, "too short to be told from chance");
            pieces.extend(bytes.windows(WINDOW).map(<[u8]>::to_vec));
            pieces.extend(in_base64(value));
        }
        Self { pieces }
    }

    /// Ignores parts that these values contain too: a certificate contains the modulus of its key.
    pub(crate) fn except<T: AsRef<str>>(mut self, values: &[T]) -> Self {
        for value in values.iter().map(AsRef::as_ref) {
            for window in essence(value.as_bytes()).windows(WINDOW) {
                self.pieces.remove(window);
            }
        }
        self
    }

    /// Fails the test if `text` contains any part of a value.
    #[track_caller]
    pub(crate) fn expect_hidden(&self, place: &str, text: &[u8]) {
        let text = essence(text);
        if let Some(at) = self.position(&text) {
            let around = &text[at.saturating_sub(200)..text.len().min(at + 200)];
            panic!(
                "{place} holds a secret: {}",
                String::from_utf8_lossy(around)
            );
        }
    }

    fn position(&self, essence: &[u8]) -> Option<usize> {
        let mut windows = essence.windows(WINDOW);
        windows.position(|window| self.pieces.contains(window))
    }
}

/// The parts of a value inside base64, such as the private state in a state file. Base64 turns
/// three bytes into four characters, so each line has three forms.
fn in_base64(value: &str) -> impl Iterator<Item = Vec<u8>> {
    let lines = value
        .lines()
        .filter(|line| line.len() > WINDOW && !line.starts_with("-----"));
    let forms = lines.flat_map(|line| {
        (0..3).map(move |before| {
            let encoded = BASE64_STANDARD.encode([" ".repeat(before).as_str(), line].concat());
            // The characters at both ends also depend on the bytes around the line.
            encoded.as_bytes()[4..encoded.len() - 4].to_vec()
        })
    });
    forms.flat_map(|form| form.windows(WINDOW).map(<[u8]>::to_vec).collect::<Vec<_>>())
}

/// `text` without armor lines and line ends in any form: `\n` in JSON, `\\n` in JSON inside a
/// string.
fn essence(text: &[u8]) -> Vec<u8> {
    let mut rest = Vec::with_capacity(text.len());
    let mut index = 0;
    while index < text.len() {
        let remaining = &text[index..];
        let escapes = remaining.iter().take_while(|byte| **byte == b'\\').count();
        if remaining.starts_with(b"-----")
            && let Some(end) = remaining[5..]
                .windows(5)
                .position(|window| window == b"-----")
                .filter(|end| *end < 40)
        {
            index += 5 + end + 5;
        } else if escapes > 0 && matches!(remaining.get(escapes), Some(b'n' | b'r')) {
            index += escapes + 1;
        } else if matches!(text[index], b'\n' | b'\r') {
            index += 1;
        } else {
            rest.push(text[index]);
            index += 1;
        }
    }
    rest
}

/// The whole content of a plan file, which is a zip archive. The CLIs need `python3` anyway.
pub(crate) fn unpacked(plan: &Path) -> Vec<u8> {
    const PROGRAM: &str = "
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as plan:
    for name in plan.namelist():
        sys.stdout.buffer.write(plan.read(name))
";
    let output = Command::new("python3")
        .args(["-c", PROGRAM])
        .arg(plan)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!output.stdout.is_empty(), "an empty plan file");
    output.stdout
}

// Shows that the search can find a secret.

const EXAMPLE: &str =
    "-----BEGIN KEY-----\nabcdefghijklmnopqrstuvwxyz\n0123456789\n-----END KEY-----";

fn is_found(text: &str) -> bool {
    let found = Secrets::new(&[EXAMPLE]).position(&essence(text.as_bytes()));
    found.is_some()
}

/// Finds a secret in every form.
pub(crate) fn finds_a_secret() {
    assert!(is_found("key: klmnopqrstuvwxyz\n0123456789"));
    for ends in ["\\n", "\\\\n", "\\r\\n", ""] {
        assert!(is_found(&format!("qrstuvwxyz{ends}0123456789")), "{ends}");
    }
    for before in ["", "1", "12", "123"] {
        let bytes = BASE64_STANDARD.encode(format!("{before}{EXAMPLE}"));
        assert!(is_found(&bytes), "{before}");
    }
}

pub(crate) fn finds_nothing_else() {
    assert!(!is_found(
        "-----BEGIN KEY-----\nabcdefghijklmno\n-----END KEY-----"
    ));
}
