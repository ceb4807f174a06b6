//! The result of a change for each SIM.

use crate::onomondo::Error;

/// The result of mapping or unmapping SIMs.
#[derive(Debug, Default)]
pub(in crate::sim) struct Outcome<'a> {
    /// The SIMs that reached the goal, each with its ICCID if a response showed it.
    done: Vec<(&'a str, Option<String>)>,
    /// The SIMs that did not reach the goal, or whose result is unknown.
    failed: Vec<(&'a str, Failure)>,
    /// The SIMs for which no request was sent.
    untried: Vec<&'a str>,
    /// The error that ended the change before every SIM was tried, such as an interrupt.
    ended_by: Option<Error>,
    /// Whether the account does not have the connector to map to.
    connector_is_missing: bool,
}

/// The reason why a SIM did not reach the goal.
#[derive(Debug)]
pub(in crate::sim) enum Failure {
    /// The API refused or did not answer, and the SIM is unchanged.
    Refused(Error),
    /// The response was lost, and the listing that would show the result failed.
    Unknown(Error),
    /// The API accepted the change, but the SIM is still mapped to this connector, or to none.
    Ignored(Option<String>),
    /// Another resource in the same apply maps the SIM to this connector.
    Claimed(String),
}

impl<'a> Outcome<'a> {
    /// Whether every SIM reached the goal.
    pub(in crate::sim) fn is_complete(&self) -> bool {
        self.failed.is_empty() && self.untried.is_empty()
    }

    /// The SIMs that reached the goal, in the user's spelling.
    pub(in crate::sim) fn done(&self) -> impl ExactSizeIterator<Item = &'a str> {
        self.done.iter().map(|(spelling, _)| *spelling)
    }

    /// The SIMs that did not reach the goal, or whose result is unknown.
    pub(in crate::sim) fn not_done(&self) -> impl Iterator<Item = &'a str> {
        let failed = self.failed.iter().map(|(spelling, _)| *spelling);
        failed.chain(self.untried.iter().copied())
    }

    /// The SIMs whose result is unknown.
    pub(in crate::sim) fn unknown(&self) -> impl Iterator<Item = &'a str> {
        let is_unknown = |(spelling, failure): &(&'a str, Failure)| {
            matches!(failure, Failure::Unknown(_)).then_some(*spelling)
        };
        self.failed.iter().filter_map(is_unknown)
    }

    pub(in crate::sim) fn failed(&self) -> &[(&'a str, Failure)] {
        &self.failed
    }

    pub(in crate::sim) fn untried(&self) -> &[&'a str] {
        &self.untried
    }

    pub(in crate::sim) fn ended_by(&self) -> Option<&Error> {
        self.ended_by.as_ref()
    }

    pub(in crate::sim) fn connector_is_missing(&self) -> bool {
        self.connector_is_missing
    }

    /// The known ICCIDs of the SIMs that reached the goal.
    pub(super) fn iccids(&self) -> impl Iterator<Item = &str> {
        self.done.iter().filter_map(|(_, iccid)| iccid.as_deref())
    }

    pub(super) fn add(&mut self, other: Self) {
        self.done.extend(other.done);
        self.failed.extend(other.failed);
        self.untried.extend(other.untried);
        self.ended_by = self.ended_by.take().or(other.ended_by);
        self.connector_is_missing |= other.connector_is_missing;
    }

    pub(super) fn add_done(&mut self, spellings: Vec<&'a str>) {
        self.done
            .extend(spellings.into_iter().map(|spelling| (spelling, None)));
    }

    pub(super) fn note_done(&mut self, spelling: &'a str, iccid: Option<String>) {
        self.done.push((spelling, iccid));
    }

    pub(super) fn note_failed(&mut self, spelling: &'a str, failure: Failure) {
        self.failed.push((spelling, failure));
    }

    pub(super) fn note_untried(&mut self, spelling: &'a str, ended_by: Option<Error>) {
        self.untried.push(spelling);
        self.ended_by = self.ended_by.take().or(ended_by);
    }

    pub(super) fn note_missing_connector(&mut self) {
        self.connector_is_missing = true;
    }
}
