//! The times at which this provider wrote to a connector, by the API's own clock.
//!
//! A stamp within one of these writes is the provider's own change. A stamp after them, or between
//! two of them, is someone else's.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::onomondo::WriteWindow;

/// The number of writes to record. The next read accepts their stamps, so they are needed only
/// until then.
const REMEMBERED: usize = 5;

/// The last writes to one connector, oldest first: the start and end of each in RFC 3339.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct OwnWrites(Vec<(String, String)>);

impl OwnWrites {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Records a write. A write that begins within the last one extends it.
    pub(crate) fn note(&mut self, window: WriteWindow) {
        let until = told(window.until);
        if let Some((from, last)) = self.0.last_mut()
            && time(from).is_some_and(|from| from <= window.from)
            && time(last).is_some_and(|last| last >= window.from)
        {
            if time(last).is_some_and(|last| last < window.until) {
                *last = until;
            }
            return;
        }
        self.0.push((told(window.from), until));
        let surplus = self.0.len().saturating_sub(REMEMBERED);
        self.0.drain(..surplus);
    }

    /// Whether the moment lies within one of the writes.
    pub(crate) fn contain(&self, moment: SystemTime) -> bool {
        self.0.iter().any(|(from, until)| {
            time(from).is_some_and(|from| from <= moment)
                && time(until).is_some_and(|until| moment <= until)
        })
    }

    /// Whether the moment comes after the start of the first write.
    pub(crate) fn began_before(&self, moment: SystemTime) -> bool {
        let first = self.0.first().and_then(|(from, _)| time(from));
        first.is_some_and(|first| first < moment)
    }
}

fn told(moment: SystemTime) -> String {
    humantime::format_rfc3339_millis(moment).to_string()
}

fn time(text: &str) -> Option<SystemTime> {
    humantime::parse_rfc3339_weak(text).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn writes(windows: &[(u64, u64)]) -> OwnWrites {
        let mut writes = OwnWrites::default();
        for (from, until) in windows {
            writes.note(WriteWindow {
                from: at(*from),
                until: at(*until),
            });
        }
        writes
    }

    #[test]
    fn a_time_between_two_writes_belongs_to_neither() {
        let writes = writes(&[(10, 12), (60, 62)]);
        let inside = [9, 10, 12, 13, 59, 60, 62, 63].map(|second| writes.contain(at(second)));
        assert_eq!(inside, [false, true, true, false, false, true, true, false]);
        assert!(!writes.began_before(at(10)) && writes.began_before(at(11)));
        assert!(!OwnWrites::default().began_before(at(11)));
    }

    #[test]
    fn writes_that_overlap_are_one_and_the_oldest_are_forgotten() {
        assert_eq!(writes(&[(10, 12), (11, 13), (12, 13)]), writes(&[(10, 13)]));
        let many: Vec<_> = (0..20).map(|index| (index * 10, index * 10 + 2)).collect();
        let writes = writes(&many);
        assert_eq!(writes.0.len(), REMEMBERED);
        assert!(writes.contain(at(191)) && !writes.contain(at(1)));
    }
}
