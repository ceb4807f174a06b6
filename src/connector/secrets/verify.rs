//! Checks after a write whether each secret is set as it should be, and records facts about it.
//!
//! Usually, the response to the write shows that. If it does not, a list does. All waiting writes
//! share one list.

use super::{PrivateState, drift};
use crate::{
    connector::{
        model::meta::Meta,
        variants::{self, Secret, Variant},
    },
    onomondo::{Client, Connector, Operation, SecretMeta, Written},
    protocol::{Call, Given, Number, Value},
};

/// The result for the secrets of a write.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    /// The secrets that were sent but are not set.
    pub(crate) not_taken: Vec<&'static Secret>,
    /// The secrets that were not sent and are no longer set.
    pub(crate) lost: Vec<&'static Secret>,
}

/// The options of a write.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// The configuration of the variant, if the options were sent.
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

/// Fills in facts about secrets that the response to a write did not show.
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
        // No secret was sent. But if the response shows neither a time nor secrets, the API may
        // have stamped them.
        written.window.is_some() || secrets.len() == 0 || secrets.any(|secret| is_told(&secret))
    };
    if tells_all {
        return;
    }
    let Some(listed) = call.client.look_again(operation, written).await else {
        // A key limited by tags cannot see the connector, so the response must be enough.
        return;
    };
    let meta = written.connector.meta.get_or_insert_default();
    for (member, listed) in listed.connector.meta.unwrap_or_default() {
        let is_older = |told: &SecretMeta| listed.updated_at() < told.updated_at();
        // A list that is older than the write shows nothing about it.
        if !meta.get(&member).is_some_and(is_older) {
            meta.insert(member, listed);
        }
    }
    if meta.is_empty() {
        written.connector.meta = None;
    }
    written.window = listed.window;
}

/// The API's facts about a secret.
fn told<'a>(connector: &'a Connector, secret: &Secret) -> Option<&'a SecretMeta> {
    connector.meta.as_ref()?.get(secret.api_member())
}

/// Compares the secrets that were sent with those that Onomondo now has.
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

/// Records the time of the write and, for each secret, the last change that the provider itself
/// made. For a write-only secret, also records the digest and version of the value sent, even if
/// the user sets the version. If the user later removes the version, the value need not be sent
/// again.
pub(crate) fn remember(
    private: &[u8],
    written: &Written,
    variant: &'static Variant,
    sent: Sent<'_>,
    planned: &Value,
) -> PrivateState {
    let mut private = PrivateState::read(private);
    private.keep_only(variant.secrets());
    if let Some(window) = written.window {
        private.writes.note(window);
    }
    for secret in variant.secrets() {
        if let Some(now) = told(&written.connector, secret) {
            // A list may show a change that someone made after the write.
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
        let version = write_only.version.of(planned).known();
        match write_only.value.of(config) {
            Given::Known(value) => private.remember(secret, value),
            // The configuration has a value that `ignore_changes` keeps from being sent.
            Given::Null if version.is_some() => {}
            Given::Null | Given::Unknown => private.forget_value(secret),
        }
        if let Some(version) = version.and_then(Number::to_i64) {
            private.of_mut(secret).version = Some(version);
        }
    }
    private
}
