//! The result of a write, and its time: by the API's own clock, or by the stamps of its answer.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::connector::{Connector, SecretMeta};

/// The maximum difference between the API's clocks for `Date` and for stamps.
const SKEW: Duration = Duration::from_mins(5);

/// How much later than the end of a write its stamps may be.
const TOLERANCE: Duration = Duration::from_secs(2);

/// A write that was carried out.
#[derive(Debug)]
pub struct Written {
    /// The connector in the account after the write.
    pub connector: Connector,
    /// The time of the write. `None` if the API shows no time that certainly belongs to it.
    pub window: Option<WriteWindow>,
    /// The start of the write.
    pub(in crate::onomondo) start: Start,
}

/// The time of one write, by the API's own clock. A stamp outside of it is someone else's change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteWindow {
    /// A time not after the start of the first attempt.
    pub from: SystemTime,
    /// The time of the answer, plus two seconds in which stamps may be late.
    pub until: SystemTime,
}

/// The start of a write.
#[derive(Debug, Clone, Copy)]
pub(in crate::onomondo) struct Start {
    /// The time of the first attempt.
    pub(in crate::onomondo) at: Instant,
    /// Whether the write sets secrets, so that the API stamps them.
    pub(in crate::onomondo) sets_secrets: bool,
}

impl WriteWindow {
    /// The window of a write that was answered just now. `date` is the API's time of the answer.
    /// `connector` is the result, if known. Without a date, only stamps show the time. The newest
    /// stamp counts if the write sets secrets, if several stamps all show the same moment, or if it
    /// lies within the write by this machine's clock. Any other stamp may be older than the write,
    /// and someone else's.
    pub(in crate::onomondo) fn new(
        start: Start,
        date: Option<SystemTime>,
        connector: Option<&Connector>,
    ) -> Option<Self> {
        let stamps = connector.and_then(|connector| connector.meta.as_ref());
        let stamps = stamps.map(|meta| meta.values().filter_map(SecretMeta::updated_at));
        let stamps: Vec<_> = stamps.into_iter().flatten().collect();
        let newest = stamps.iter().max().copied();
        let is_one_moment = |newest: SystemTime| {
            stamps.len() > 1 && stamps.iter().all(|stamp| *stamp + TOLERANCE >= newest)
        };
        let is_now = |newest: SystemTime| {
            let now = SystemTime::now();
            let earliest = now.checked_sub(start.at.elapsed() + TOLERANCE);
            earliest.is_some_and(|earliest| newest >= earliest) && newest <= now + TOLERANCE
        };
        let begin = match (date, newest) {
            // A stamp of this write, from a clock that is behind the clock of `Date`.
            (Some(date), Some(newest)) if start.sets_secrets && newest + SKEW >= date => {
                date.min(newest)
            }
            (Some(date), _) => date,
            (None, Some(newest))
                if start.sets_secrets || is_one_moment(newest) || is_now(newest) =>
            {
                newest
            }
            _ => return None,
        };
        Some(Self {
            from: begin.checked_sub(start.at.elapsed())?,
            until: date.max(newest)?.checked_add(TOLERANCE)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;
    use crate::onomondo::test_server::connector;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    /// A connector whose secrets were changed at these times.
    fn stamped(stamps: &[u64]) -> Connector {
        let meta = |second: &u64| SecretMeta {
            is_set: true,
            last_updated_at: Some(humantime::format_rfc3339_millis(at(*second)).to_string()),
        };
        let meta = stamps
            .iter()
            .map(|second| (second.to_string(), meta(second)));
        Connector {
            meta: Some(meta.collect()),
            ..connector("fleet")
        }
    }

    /// An API that sends no date stamps the only secret of a connector with every PATCH.
    #[tokio::test]
    async fn a_single_stamp_belongs_to_a_write_at_that_time() {
        let start = Start {
            at: Instant::now(),
            sets_secrets: false,
        };
        let now = UNIX_EPOCH.elapsed().unwrap().as_secs();
        for (stamp, expected) in [(now, true), (now - 60, false), (now + 60, false)] {
            let window = WriteWindow::new(start, None, Some(&stamped(&[stamp])));
            assert_eq!(window.is_some(), expected, "{stamp} at {now}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_lasts_from_its_first_attempt_to_the_later_of_date_and_stamps() {
        let start = |sets_secrets| Start {
            at: Instant::now(),
            sets_secrets,
        };
        let starts = [start(false), start(true)];
        tokio::time::advance(Duration::from_secs(30)).await;
        for (sets_secrets, date, stamps, expected) in [
            (false, Some(1000), &[][..], Some((970, 1002))),
            (false, Some(1000), &[400, 990], Some((970, 1002))),
            (false, Some(1000), &[400, 1001], Some((970, 1003))),
            (false, None, &[], None),
            (true, None, &[400, 990], Some((960, 992))),
            // Stamped by this write, or changed by someone before it.
            (false, None, &[989, 990], Some((960, 992))),
            (false, None, &[400, 990], None),
            (false, None, &[990], None),
            // A clock that is behind must not be confused with a secret set long ago.
            (true, Some(1000), &[400, 990], Some((960, 1002))),
            (true, Some(1000), &[400, 600], Some((970, 1002))),
        ] {
            let start = starts[usize::from(sets_secrets)];
            let window = WriteWindow::new(start, date.map(at), Some(&stamped(stamps)));
            let expected = expected.map(|(from, until)| WriteWindow {
                from: at(from),
                until: at(until),
            });
            assert_eq!(window, expected, "{sets_secrets} {date:?} {stamps:?}");
        }
        assert_eq!(WriteWindow::new(starts[0], None, None), None);
    }
}
