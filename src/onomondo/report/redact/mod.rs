//! Keeping secrets out of everything that is shown.
//!
//! An API that checks its input may repeat it: whole, as one line of a key, with line breaks written
//! as `\n`, encoded, or cut off. It may as well repeat what it was sent before, by this process or by
//! somebody else. So what is hidden is everything secret that this process was given, in pieces, and
//! whatever has the form of a secret, whoever's it is.
//!
//! - `known`: the secrets that this process was given.
//! - `forms`: what has the form of a secret. `members`: members of JSON objects with secret names.
//! - `encoded`: base64, with either of these inside.
//! - `plain`: a text without its escapes, to find them in.

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

/// What stands where a secret was.
const REDACTED: &str = "[redacted]";

/// Replaces what is secret. Clones share what they know.
#[derive(Default, Clone)]
pub struct Redactor {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    known: RwLock<Known>,
    /// Names of members that are secret in any body.
    members: Vec<&'static str>,
}

impl Redactor {
    /// A redactor that knows no secret yet, but the names of members that are secret in any body.
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

    /// The text without what is secret in it.
    pub(in crate::onomondo) fn redact(&self, text: &str) -> String {
        let plain = Plain::of(text);
        let mut hidden = self.find(&plain);
        hidden.extend(members::find(text, &self.inner.members));
        hidden.extend(encoded::find(text, |inside| !self.find(inside).is_empty()));
        without(text, hidden)
    }

    /// Where the text has a secret that is not encoded.
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

/// The text with one mark in place of all hidden parts that touch each other.
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
