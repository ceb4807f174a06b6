//! After a write: whether each secret is as it must be, and what to remember of it.
//!
//! The answer to the write tells it. Where it does not, one list does that is shared by all who wait
//! for it.

use super::{PrivateState, drift};
use crate::{
    connector::{
        model::meta::Meta,
        variants::{self, Secret, Variant},
    },
    onomondo::{Client, Connector, Operation, SecretMeta, Written},
    protocol::{Call, Given, Number, Value},
};

/// What came of the secrets of a write.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    /// Those that were sent and are not set.
    pub(crate) not_taken: Vec<&'static Secret>,
    /// Those that were not sent, were set before, and no longer are.
    pub(crate) lost: Vec<&'static Secret>,
}

/// The options of a write.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// The variant's configuration where the options were sent.
    config: Option<&'a Value>,
    /// `meta` of the prior state.
    held: Option<Meta<'a>>,
}

impl<'a> Sent<'a> {
    pub(crate) fn new(config: Option<&'a Value>, held: Option<Meta<'a>>) -> Self {
        Self { config, held }
    }

    fn has(&self, secret: &Secret) -> bool {
        let config = self.config;
        config.is_some_and(|config| secret.to_api(config).is_some())
    }

    fn replaces(&self, secret: &Secret) -> bool {
        self.held.is_some_and(|held| held.is_set(secret))
    }
}

/// Fills in what the answer to a write does not tell of the secrets.
pub(crate) async fn complete(
    call: &Call<Client>,
    operation: &Operation,
    written: &mut Written,
    sent: Sent<'_>,
) {
    let Some(variant) = variants::of_type(&written.connector.kind) else {
        return;
    };
    let is_told = |secret: &&Secret| told(&written.connector, secret).is_some();
    let mut secrets = variant.secrets().iter();
    let tells_all = if sent.config.is_some() {
        let mut in_question = secrets.filter(|secret| sent.has(secret) || sent.replaces(secret));
        in_question.all(|secret| is_told(&secret))
    } else {
        // No secret was sent. But an API that tells neither time nor secrets may have stamped them.
        written.window.is_some() || secrets.len() == 0 || secrets.any(|secret| is_told(&secret))
    };
    if tells_all {
        return;
    }
    let Some(listed) = call.client.look_again(operation, written).await else {
        // Not to be seen, for a key that is limited by tags: the answer has to do.
        return;
    };
    let meta = written.connector.meta.get_or_insert_default();
    for (member, listed) in listed.connector.meta.unwrap_or_default() {
        let is_older = |told: &SecretMeta| listed.updated_at() < told.updated_at();
        // A list that is behind the write tells nothing of it.
        if !meta.get(&member).is_some_and(is_older) {
            meta.insert(member, listed);
        }
    }
    if meta.is_empty() {
        written.connector.meta = None;
    }
    written.window = listed.window;
}

/// What Onomondo tells of a secret.
fn told<'a>(connector: &'a Connector, secret: &Secret) -> Option<&'a SecretMeta> {
    connector.meta.as_ref()?.get(secret.api_member())
}

/// Compares what was sent with what Onomondo has now.
pub(crate) fn check(connector: &Connector, variant: &'static Variant, sent: Sent<'_>) -> Secrets {
    let mut found = Secrets::default();
    for secret in variant.secrets() {
        let Some(SecretMeta { is_set: false, .. }) = told(connector, secret) else {
            continue;
        };
        if sent.has(secret) {
            found.not_taken.push(secret);
        } else if sent.replaces(secret) {
            found.lost.push(secret);
        }
    }
    found
}

/// What to remember after the write: when it was, for each secret the last change that is our own, and
/// for a write-only one the digest and the version of what was sent. Also where the version is the
/// user's: they may leave it out one day, and the value need not be sent again for that.
pub(crate) fn remember(
    private: &[u8],
    written: &Written,
    variant: &'static Variant,
    sent: Sent<'_>,
    planned: &Value,
) -> Vec<u8> {
    let mut private = PrivateState::read(private);
    private.keep_only(variant.secrets());
    if let Some(window) = written.window {
        private.writes.note(window);
    }
    for secret in variant.secrets() {
        if let Some(now) = told(&written.connector, secret) {
            // A list may tell of a change that somebody made after the write.
            let is_later = written
                .window
                .is_some_and(|window| now.updated_at().is_some_and(|at| at > window.until));
            let is_ours = sent.has(secret) && !is_later;
            if is_ours || !drift::is_foreign(&private, secret, now) {
                private.accept(secret, now);
            }
        }
        let (Some(config), Some(write_only)) = (sent.config, secret.pair()) else {
            continue;
        };
        match write_only.value.of(config) {
            Given::Known(value) => private.remember(secret, value),
            Given::Null | Given::Unknown => private.forget_value(secret),
        }
        let version = write_only.version.of(planned).known();
        if let Some(version) = version.and_then(Number::to_i64) {
            private.of_mut(secret).version = Some(version);
        }
    }
    private.write()
}
