//! What a write came to, and when it took place by the API's own clock.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::connector::{Connector, SecretMeta};

/// How far apart the clocks can be that tell the API's `Date` and its stamps.
const SKEW: Duration = Duration::from_mins(5);

/// How much later than the end of a write the API may stamp what it wrote.
const TOLERANCE: Duration = Duration::from_secs(2);

/// A write that was carried out.
#[derive(Debug)]
pub struct Written {
    /// What the account has now.
    pub connector: Connector,
    /// When the write took place; `None` where the API tells no time that is certain to be this write's.
    pub window: Option<WriteWindow>,
    /// Its beginning.
    pub(in crate::onomondo) start: Start,
}

/// The time of one write, by the API's own clock. What the API stamped outside of it was changed by
/// somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteWindow {
    /// Not later than the beginning of the first attempt.
    pub from: SystemTime,
    /// When the answer was given, and the two seconds that its stamps may be late.
    pub until: SystemTime,
}

/// The beginning of a write.
#[derive(Debug, Clone, Copy)]
pub(in crate::onomondo) struct Start {
    /// When it was first sent.
    pub(in crate::onomondo) at: Instant,
    /// Whether it sets secrets, so that the API stamps them.
    pub(in crate::onomondo) sets_secrets: bool,
}

impl WriteWindow {
    /// The window of a write with an answer of now. `date` is when the API gave the answer;
    /// `connector` is what the answer shows, if it tells anything. Without a date only the stamps tell
    /// the time: those of a write that sets secrets, or that stamped all of them at once. Any other
    /// may be older than the write, and somebody else's.
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
        let begin = match (date, newest) {
            // A stamp of this write, by a clock that is behind the one that tells the date.
            (Some(date), Some(newest)) if start.sets_secrets && newest + SKEW >= date => {
                date.min(newest)
            }
            (Some(date), _) => date,
            (None, Some(newest)) if start.sets_secrets || is_one_moment(newest) => newest,
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

    /// A connector with secrets that were changed then.
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
            // Stamped anew by this write, or changed by somebody before it.
            (false, None, &[989, 990], Some((960, 992))),
            (false, None, &[400, 990], None),
            (false, None, &[990], None),
            // A clock that is behind is told from a secret that was set long ago.
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
