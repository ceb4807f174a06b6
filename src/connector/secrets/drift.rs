//! Drift of secrets: the API never returns one, but tells when each was last changed.

use std::time::SystemTime;

use super::PrivateState;
use crate::{
    connector::variants::{self, Secret, Variant},
    onomondo::{Connector, SecretMeta},
    protocol::{AttributePath, Diagnostic, Diagnostics, Instance},
};

/// Compares what the API tells of each secret with what held after the last write. One that somebody
/// else changed or removed is forgotten in the state, so that the next plan shows it and sends it
/// again. Secrets that the configuration does not have are left alone.
pub(crate) fn notice(connector: &Connector, found: &mut Instance, diagnostics: &mut Diagnostics) {
    let (Some(variant), Some(meta)) = (variants::of_type(&connector.kind), &connector.meta) else {
        return;
    };
    let Some(object) = variant.field().value_mut(&mut found.state) else {
        return;
    };
    let mut private = PrivateState::read(&found.private);
    for secret in variant.secrets() {
        let Some(now) = meta
            .get(secret.api_member())
            .filter(|_| secret.is_managed(object))
        else {
            continue;
        };
        let before = private
            .of(secret)
            .and_then(|record| record.last_updated_at.as_deref());
        let is_newer = before.is_some_and(|before| is_later(now, before));
        if !now.is_set || is_newer {
            diagnostics.push(if is_newer || before.is_none() {
                changed_elsewhere(&connector.name, variant, secret, now)
            } else {
                never_taken(&connector.name, variant, secret)
            });
            secret.forget(object);
        } else if before.is_none() {
            // State of a version that did not remember: from now on it does.
            private
                .of_mut(secret)
                .last_updated_at
                .clone_from(&now.last_updated_at);
        }
    }
    found.private = private.write();
}

/// Whether the API's time is later than one that it gave before. Times that cannot be read are told
/// apart, not ordered.
pub(crate) fn is_later(now: &SecretMeta, before: &str) -> bool {
    let Some(now) = now.last_updated_at.as_deref() else {
        return false;
    };
    match (time(now), time(before)) {
        (Some(now), Some(before)) => now > before,
        _ => now != before,
    }
}

fn time(text: &str) -> Option<SystemTime> {
    humantime::parse_rfc3339_weak(text).ok()
}

fn changed_elsewhere(
    name: &str,
    variant: &Variant,
    secret: &Secret,
    now: &SecretMeta,
) -> Diagnostic {
    let attribute = secret.name();
    let at = now.last_updated_at.as_ref();
    let at = at.map_or_else(String::new, |at| format!(" at {at}"));
    let what = if now.is_set { "changed" } else { "removed" };
    Diagnostic::warning(
        format!("`{attribute}` of connector `{name}` was {what} outside Terraform"),
        format!(
            "Onomondo says that `{attribute}` of connector `{name}` was {what}{at}, of which this \
             state does not know: somebody else did it, or an apply whose answer was lost. The next \
             apply sends the configured value again."
        ),
    )
    .at(AttributePath::from([variant.name()]))
}

/// Nothing has happened to it since it was sent, and still it is not set.
fn never_taken(name: &str, variant: &Variant, secret: &Secret) -> Diagnostic {
    let attribute = secret.name();
    Diagnostic::warning(
        format!("Onomondo has no `{attribute}` for connector `{name}`"),
        format!(
            "`{attribute}` was sent to Onomondo, which did not take it and says that it is not set. \
             The next apply sends it again."
        ),
    )
    .at(AttributePath::from([variant.name()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(at: Option<&str>) -> SecretMeta {
        SecretMeta {
            is_set: true,
            last_updated_at: at.map(Into::into),
        }
    }

    #[test]
    fn times_are_ordered_whatever_their_form() {
        for (now, before, expected) in [
            (
                Some("2024-09-26T09:25:42.899Z"),
                "2024-09-26T09:25:42.898Z",
                true,
            ),
            (
                Some("2024-09-26T09:25:42.898Z"),
                "2024-09-26T09:25:42.898Z",
                false,
            ),
            (
                Some("2024-09-26T09:25:42.898000Z"),
                "2024-09-26T09:25:42.898Z",
                false,
            ),
            (
                Some("2024-09-26T09:25:42.897Z"),
                "2024-09-26T09:25:42.898Z",
                false,
            ),
            (
                Some("2024-09-26T09:25:43Z"),
                "2024-09-26T09:25:42.898Z",
                true,
            ),
            (Some("yesterday"), "yesterday", false),
            (Some("today"), "yesterday", true),
            (None, "2024-09-26T09:25:42.898Z", false),
        ] {
            assert_eq!(is_later(&meta(now), before), expected, "{now:?} {before}");
        }
    }
}
