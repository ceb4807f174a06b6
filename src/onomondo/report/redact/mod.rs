//! Keeps secrets out of messages and logs.
//!
//! An API that checks its input may repeat it: whole, as one line of a key, with line breaks as
//! `\n`, encoded, or cut off. It may also repeat input from earlier, by this process or by someone
//! else. So this hides every secret that this process was given, even in pieces, and all text that
//! looks like a secret.
//!
//! - `known`: the secrets that this process was given.
//! - `forms`: text that looks like a secret. `members`: members of JSON objects whose names mark
//!   them as secret.
//! - `encoded`: base64 that contains either of these.
//! - `plain`: removes escapes from a text, to find secrets in it.

mod encoded;
mod forms;
mod known;
mod members;
mod plain;

use std::{
    fmt,
    ops::Range,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use secrecy::{ExposeSecret as _, SecretString};

use self::{known::Known, plain::Plain};

/// Replaces a secret.
const REDACTED: &str = "[redacted]";

/// Replaces secrets. Clones share their knowledge.
#[derive(Default, Clone)]
pub struct Redactor {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    known: RwLock<Known>,
    /// The names of members that are secret in any body.
    members: Vec<&'static str>,
}

impl Redactor {
    /// A redactor without known secrets, but with the names of members that are secret in any body.
    #[must_use]
    pub fn new(members: Vec<&'static str>) -> Self {
        let inner = Inner {
            known: RwLock::default(),
            members,
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Hides this secret from now on.
    pub fn learn(&self, secret: &SecretString) {
        let secret = secret.expose_secret();
        if self.known().is_new(secret) {
            let known = self.inner.known.write();
            known.unwrap_or_else(PoisonError::into_inner).learn(secret);
        }
    }

    /// The text with its secrets replaced.
    pub(in crate::onomondo) fn redact(&self, text: &str) -> String {
        let plain = Plain::of(text);
        let mut hidden = self.find(&plain);
        hidden.extend(members::find(text, &self.inner.members));
        hidden.extend(encoded::find(text, |inside| !self.find(inside).is_empty()));
        without(text, hidden)
    }

    /// The ranges of the text with secrets that are not encoded.
    fn find(&self, plain: &Plain) -> Vec<Range<usize>> {
        let mut hidden = self.known().find(plain);
        hidden.extend(forms::find(plain));
        hidden
    }

    fn known(&self) -> RwLockReadGuard<'_, Known> {
        // No code panics while it holds the lock.
        let known = self.inner.known.read();
        known.unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Redactor(…)")
    }
}

/// The text with one mark in place of adjacent hidden parts.
fn without(text: &str, mut hidden: Vec<Range<usize>>) -> String {
    hidden.sort_unstable_by_key(|part| part.start);
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    let mut is_first = true;
    for part in hidden {
        if is_first || part.start > end {
            shown.push_str(&text[end..part.start]);
            shown.push_str(REDACTED);
        }
        is_first = false;
        end = end.max(part.end);
    }
    shown.push_str(&text[end..]);
    shown
}

#[cfg(test)]
mod tests;
