//! After a write: whether each secret is as it must be, and what to remember of it.
//!
//! The answer to a write may lack `meta`, or stamp a secret a moment before the list does. What the
//! next read compares with is the list, so that the list is what is remembered: anything else would
//! show a change that nobody made.

use super::{PrivateState, drift::is_later};
use crate::{
    connector::{
        model::meta::Meta,
        variants::{self, Secret, Variant},
    },
    onomondo::{Client, Connector, Operation, SecretMeta},
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

/// Looks at the connector once more where the type has secrets, and takes what the list tells over
/// what the answer told.
pub(crate) async fn look(call: &Call<Client>, operation: &Operation, connector: &mut Connector) {
    let variant = variants::of_type(&connector.kind);
    if variant.is_none_or(|variant| variant.secrets().is_empty()) {
        return;
    }
    let listed = call.client.find_connector(operation, &connector.name).await;
    let Ok(Some(Connector {
        meta: Some(listed), ..
    })) = listed
    else {
        // Not to be seen, for a key that is limited by tags: the answer has to do.
        return;
    };
    let meta = connector.meta.get_or_insert_default();
    for (member, listed) in listed {
        let is_older = |told: &SecretMeta| {
            let at = listed.last_updated_at.as_deref();
            at.is_some_and(|at| is_later(told, at))
        };
        // A list that is behind the write tells nothing of it.
        if !meta.get(&member).is_some_and(is_older) {
            meta.insert(member, listed);
        }
    }
}

/// What Onomondo tells of a secret.
fn told<'a>(connector: &'a Connector, secret: &Secret) -> Option<&'a SecretMeta> {
    connector.meta.as_ref()?.get(secret.api_member())
}

/// Compares what was sent with what Onomondo has now. `config` is the variant's configuration where
/// the options were sent, `held` the `meta` of the prior
/// state.
pub(crate) fn check(
    connector: &Connector,
    variant: &'static Variant,
    config: Option<&Value>,
    held: Option<Meta<'_>>,
) -> Secrets {
    let mut found = Secrets::default();
    for secret in variant.secrets() {
        let Some(SecretMeta { is_set: false, .. }) = told(connector, secret) else {
            continue;
        };
        let was_sent = config.is_some_and(|config| secret.to_api(config).is_some());
        let was_held = held.is_some_and(|held| held.is_set(secret));
        if was_sent {
            found.not_taken.push(secret);
        } else if was_held {
            found.lost.push(secret);
        }
    }
    found
}

/// What to remember after the write: for each secret when it was changed, and for a write-only one
/// the digest and the version of what was sent. Also where the version is the user's: they may leave
/// it out one day, and the value need not be sent again for that.
pub(crate) fn remember(
    private: &[u8],
    connector: &Connector,
    variant: &'static Variant,
    sent: Option<&Value>,
    planned: &Value,
) -> Vec<u8> {
    let mut private = PrivateState::read(private);
    private.keep_only(variant.secrets());
    for secret in variant.secrets() {
        if let Some(now) = told(connector, secret) {
            private
                .of_mut(secret)
                .last_updated_at
                .clone_from(&now.last_updated_at);
        }
        let (Some(config), Some(write_only)) = (sent, secret.pair()) else {
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
