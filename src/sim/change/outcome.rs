//! What became of each SIM.

use crate::onomondo::Error;

/// What became of SIMs that were to be mapped, or to be unmapped.
#[derive(Debug, Default)]
pub(in crate::sim) struct Outcome<'a> {
    /// Those that are as they are to be, with their ICCID where an answer told it.
    done: Vec<(&'a str, Option<String>)>,
    /// Those that are not, or of which it is not known.
    failed: Vec<(&'a str, Failure)>,
    /// Those of which nothing was sent.
    untried: Vec<&'a str>,
    /// What ended the change before all were tried: an interrupt, say.
    ended_by: Option<Error>,
    /// Whether the account has no connector of the name that SIMs were to be mapped to.
    connector_is_missing: bool,
}

/// Why a SIM is not as it is to be.
#[derive(Debug)]
pub(in crate::sim) enum Failure {
    /// The API refused, or did not answer, and the SIM is as it was.
    Refused(Error),
    /// The answer was lost, and so was the listing that would have told.
    Unknown(Error),
    /// The API accepted the change, and the SIM is mapped to this connector, or to none.
    Ignored(Option<String>),
    /// Another resource in the same apply maps it to this connector.
    Claimed(String),
}

impl<'a> Outcome<'a> {
    /// Whether every SIM is as it is to be.
    pub(in crate::sim) fn is_complete(&self) -> bool {
        self.failed.is_empty() && self.untried.is_empty()
    }

    /// The SIMs that are as they are to be, as they were called.
    pub(in crate::sim) fn done(&self) -> impl ExactSizeIterator<Item = &'a str> {
        self.done.iter().map(|(spelling, _)| *spelling)
    }

    /// The SIMs that are not, or of which it is not known.
    pub(in crate::sim) fn not_done(&self) -> impl Iterator<Item = &'a str> {
        let failed = self.failed.iter().map(|(spelling, _)| *spelling);
        failed.chain(self.untried.iter().copied())
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

    /// The ICCIDs of those that were done.
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
