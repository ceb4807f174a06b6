//! Drift of secrets. The API never returns a secret, but shows when it last changed.
//!
//! If that time lies within one of the provider's own writes, it is the provider's own change, even
//! if the write did not send the secret: an API may stamp all secrets. Any other time later than
//! the last known one is someone else's change, even if one of the provider's own writes followed
//! it.

use std::time::SystemTime;

use super::PrivateState;
use crate::{
    connector::variants::{self, Secret, Variant},
    onomondo::{Connector, SecretMeta},
    protocol::{AttributePath, Diagnostic, Diagnostics, Instance},
};

/// Looks for secrets that someone else changed or removed, and removes them from the state. The
/// next plan then shows them, and apply sends them again. Ignores secrets that the configuration
/// does not have.
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

/// Whether someone else made this change of a secret.
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
        // Times that cannot be parsed are only compared for equality.
        return known.is_some();
    };
    let is_news = match known {
        Some(known) => time(known).is_none_or(|known| known < moment),
        // The provider's own writes, if any, showed no time for it. Older versions recorded no
        // writes.
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

/// No one changed the secret since it was sent, but it is not set.
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

    /// Private state with this time of the secret and these writes.
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
    fn times_in_different_formats_are_ordered() {
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
    fn unreadable_times_are_compared_for_equality() {
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
    fn a_stamp_within_our_write_is_ours_and_one_between_two_writes_is_not() {
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
    fn a_state_without_records_shows_no_drift() {
        let now = UNIX_EPOCH + Duration::from_hours(24);
        let now = humantime::format_rfc3339(now).to_string();
        let private = private(None, &[]);
        assert!(!is_foreign(&private, key(), &meta(Some(&now))));
    }
}
