//! The time of each change, which the API returns as `last_updated_at`.

use std::time::{Duration, UNIX_EPOCH};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::clock::Clock;

/// A moment in milliseconds since the epoch, written as RFC 3339 with `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(u64);

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = UNIX_EPOCH + Duration::from_millis(self.0);
        serializer.collect_str(&humantime::format_rfc3339_millis(moment))
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        humantime::parse_rfc3339(&text)
            .ok()
            .and_then(|moment| moment.duration_since(UNIX_EPOCH).ok())
            .and_then(|elapsed| u64::try_from(elapsed.as_millis()).ok())
            .map(Self)
            .ok_or_else(|| D::Error::custom("expected a time such as `2024-09-26T09:25:42.898Z`"))
    }
}

/// Gives each change its own stamp. No stamp repeats or is earlier than the one before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stamps {
    clock: Clock,
    last: u64,
}

impl Stamps {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, last: 0 }
    }

    /// The latest stamp.
    pub(super) fn last(&self) -> Stamp {
        Stamp(self.last)
    }

    /// Makes every later stamp come after this one.
    pub(super) fn pass(&mut self, stamp: Stamp) {
        self.last = self.last.max(stamp.0);
    }

    pub(crate) fn next(&mut self) -> Stamp {
        self.last = self.clock.now().max(self.last + 1);
        Stamp(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::Stamps;

    #[test]
    fn stamps_rise_within_one_millisecond_too() {
        let mut stamps = Stamps::default();
        let stamps: Vec<_> = (0..100).map(|_| stamps.next()).collect();
        assert!(stamps.is_sorted_by(|earlier, later| earlier < later));
    }

    #[test]
    fn a_stamp_is_rfc_3339_with_milliseconds() {
        let text = serde_json::to_value(Stamps::default().next()).unwrap();
        let text = text.as_str().unwrap();
        assert_eq!(text.len(), "2024-09-26T09:25:42.898Z".len());
        assert!(humantime::parse_rfc3339(text).is_ok());
    }
}
