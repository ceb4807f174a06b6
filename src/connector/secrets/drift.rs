//! Drift of secrets: the API never returns one, but tells when each was last changed.
//!
//! A time that lies within one of our own writes is our own change, whether or not that write sent the
//! secret: an API may stamp all of them anew. Any other time that is later than the last one known is
//! somebody else's change, even where a write of ours came after it.

use std::time::SystemTime;

use super::PrivateState;
use crate::{
    connector::variants::{self, Secret, Variant},
    onomondo::{Connector, SecretMeta},
    protocol::{AttributePath, Diagnostic, Diagnostics, Instance},
};

/// Looks for secrets that somebody else changed or removed. Such a one is forgotten in the state, so
/// that the next plan shows it and sends it again. Secrets that the configuration does not have are
/// left alone.
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
        let is_foreign = is_foreign(&private, secret, now);
        if is_foreign || !now.is_set {
            let was_known = private
                .of(secret)
                .is_some_and(|record| record.last_updated_at.is_some());
            diagnostics.push(if is_foreign || !was_known {
                changed_elsewhere(&connector.name, variant, secret, now)
            } else {
                never_taken(&connector.name, variant, secret)
            });
            secret.forget(object);
        } else {
            private.accept(secret, now);
        }
    }
    found.private = private.write();
}

/// Whether somebody else changed a secret that the API tells this of.
pub(super) fn is_foreign(private: &PrivateState, secret: &Secret, now: &SecretMeta) -> bool {
    let Some(stamp) = now.last_updated_at.as_deref() else {
        return false;
    };
    let known = private
        .of(secret)
        .and_then(|record| record.last_updated_at.as_deref());
    if known == Some(stamp) {
        return false;
    }
    let Some(moment) = now.updated_at() else {
        // Times that cannot be read are told apart, not ordered.
        return known.is_some();
    };
    let is_news = match known {
        Some(known) => time(known).is_none_or(|known| known < moment),
        // Nothing was told of it at our writes, if there were any. The state of a version that did not
        // remember has none.
        None => private.writes.began_before(moment),
    };
    is_news && !private.writes.contain(moment)
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
        format!("`{attribute}` of connector `{name}` was {what} outside of Terraform"),
        format!(
            "`{attribute}` was {what}{at} outside of this state: by someone else, or by an apply whose \
             response was lost. The next apply sends the configured value again."
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
            "The provider sent `{attribute}`, but Onomondo reports that it is not set. The next \
             apply sends it again."
        ),
    )
    .at(AttributePath::from([variant.name()]))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;
    use crate::onomondo::WriteWindow;

    const KNOWN: &str = "2024-09-26T09:25:42.898Z";

    fn key() -> &'static Secret {
        variants::secrets()
            .find(|secret| secret.name() == "key")
            .unwrap()
    }

    fn meta(at: Option<&str>) -> SecretMeta {
        SecretMeta {
            is_set: true,
            last_updated_at: at.map(Into::into),
        }
    }

    /// What is remembered after the secret was stamped then, and after these writes.
    fn private(known: Option<&str>, writes: &[(&str, &str)]) -> PrivateState {
        let mut private = PrivateState::default();
        if known.is_some() {
            private.accept(key(), &meta(known));
        }
        for (from, until) in writes {
            private.writes.note(WriteWindow {
                from: time(from).unwrap(),
                until: time(until).unwrap(),
            });
        }
        private
    }

    #[test]
    fn times_are_ordered_whatever_their_form() {
        let private = private(Some(KNOWN), &[]);
        for (now, expected) in [
            (Some("2024-09-26T09:25:42.899Z"), true),
            (Some("2024-09-26T09:25:42.898Z"), false),
            (Some("2024-09-26T09:25:42.898000Z"), false),
            (Some("2024-09-26T09:25:42.897Z"), false),
            (Some("2024-09-26T09:25:43Z"), true),
            (Some("today"), true),
            (None, false),
        ] {
            let is_foreign = is_foreign(&private, key(), &meta(now));
            assert_eq!(is_foreign, expected, "{now:?}");
        }
    }

    #[test]
    fn times_that_cannot_be_read_are_told_apart() {
        for (known, expected) in [
            (Some("yesterday"), false),
            (Some("today"), true),
            (Some(KNOWN), true),
            (None, false),
        ] {
            let private = private(known, &[]);
            let is_foreign = is_foreign(&private, key(), &meta(Some("yesterday")));
            assert_eq!(is_foreign, expected, "{known:?}");
        }
    }

    #[test]
    fn what_is_stamped_within_our_own_writes_is_ours_and_what_is_between_them_is_not() {
        let writes = [
            ("2024-09-26T09:25:42Z", "2024-09-26T09:25:44Z"),
            ("2024-09-26T09:27:00Z", "2024-09-26T09:27:02Z"),
        ];
        for known in [Some(KNOWN), None] {
            let private = private(known, &writes);
            for (now, expected) in [
                ("2024-09-26T09:25:41Z", false),
                ("2024-09-26T09:25:43.9Z", false),
                ("2024-09-26T09:26:00Z", true),
                ("2024-09-26T09:27:01Z", false),
                ("2024-09-26T09:27:02.1Z", true),
            ] {
                let is_foreign = is_foreign(&private, key(), &meta(Some(now)));
                assert_eq!(is_foreign, expected, "{known:?} {now}");
            }
        }
    }

    #[test]
    fn a_state_that_remembers_nothing_shows_no_drift() {
        let now = UNIX_EPOCH + Duration::from_hours(24);
        let now = humantime::format_rfc3339(now).to_string();
        let private = private(None, &[]);
        assert!(!is_foreign(&private, key(), &meta(Some(&now))));
    }
}
